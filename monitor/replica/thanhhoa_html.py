"""The templates of the replica of Thanh Hóa: SharePoint with tables for layout, ids with GUIDs, and no metadata."""

from __future__ import annotations

from string import Template

# Each page family has web parts of its own, so an id is good for one family only, as on the real portals.
GUIDS = {
    "news": "ctl00_ctl24_g_0623dffd_5a41_4bd1_8c3e_7d2b40a1f6e9_ctl00",
    "article": "ctl00_ctl24_g_b9c07e13_2f6d_4e0a_9a55_e1d4c8037b62_ctl00",
    "documents": "ctl00_SPWebPartManager1_g_41d7a2ce_93b8_47f5_b60d_0c8e5f1a7d34_ctl00",
    "document": "ctl00_SPWebPartManager1_g_e80f3b56_c1a4_4d29_8e77_5b9a2d60c4f1_ctl00",
    "home": "ctl00_ctl25_g_7a15c9f0_6e3b_4082_a4d8_93f7b1e2c056_ctl00",
    "plain": "ctl00_PlaceHolderMain_ctl01__ControlWrapper_RichHtmlField",
}

FRAME = Template("""\n\r\n\n\n
<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">
<html xmlns:o="urn:schemas-microsoft-com:office:office" dir="ltr" lang="en-US">
<head>
<meta name="GENERATOR" content="Microsoft SharePoint" />
<meta http-equiv="X-UA-Compatible" content="IE=10" />
<meta http-equiv="Expires" content="0" />
<title>
\tCổng thông tin điện tử tỉnh Thanh Hóa
</title>
<meta http-equiv="Content-Type" content="text/html; charset=utf-8" />
<style type="text/css">
body {font-family: Arial; font-size: 13px; margin: 0 auto; width: 1000px}
.menu td {background: #b30000; padding: 6px 12px} .menu a {color: #fff; font-weight: bold}
.tblVanBan td, .tblVanBan th {border: 1px solid #ccc; padding: 4px} .tieude {color: #b30000; font-size: 18px}
</style>
<script type="text/javascript">//<![CDATA[
var _spPageContextInfo = {webServerRelativeUrl: "\\u002fportal", pageItemId: $count, currentLanguage: 1033};
function ChangeFont(n) { document.body.style.fontSize = (13 + n) + "px"; }
//]]></script>
</head>
<body onload="javascript:if (typeof(_spBodyOnLoadWrapper) != 'undefined') _spBodyOnLoadWrapper();">
<form method="post" action="" id="aspnetForm">
<div class="aspNetHidden">
<input type="hidden" name="__VIEWSTATE" id="__VIEWSTATE" value="$viewstate" />
<input type="hidden" name="__EVENTVALIDATION" id="__EVENTVALIDATION" value="$validation" />
</div>
<table id="MSO_ContentTable" width="100%" border="0" cellspacing="0" cellpadding="0"><tbody>
<tr><td colspan="3"><a href="/"><img src="/portal/PublishingImages/banner.png" width="1000" height="120" alt="" /></a></td></tr>
<tr><td colspan="3"><table class="menu" width="100%"><tr>
<td><a href="/">Trang chủ</a></td>
<td><a href="/portal/Pages/gioi-thieu.aspx">Giới thiệu</a></td>
<td><a href="/portal/Pages/tin-tuc.aspx">Tin tức - Sự kiện</a></td>
<td><a href="/portal/Pages/van-ban.aspx">Văn bản chỉ đạo điều hành</a></td>
<td><a href="/portal/Pages/thu-tuc.aspx">Thủ tục hành chính</a></td>
<td><a href="/portal/Pages/lien-he.aspx">Li&#234;n hệ</a></td>
<td><a href="/search?k=chuyen+doi+so" rel="nofollow">Tìm kiếm</a></td>
</tr></table></td></tr>
<tr><td colspan="3" class="clock" align="right">$clock&nbsp;-&nbsp;</td></tr>
<tr valign="top">
<td width="180"><div class="ms-webpart-chrome">
<div class="boxtitle">Tin mới nhất</div>
<ul class="tinmoi" style="padding-left: 14px">$latest</ul>
</div></td>
<td width="640" id="MSO_MainZone">
$main
</td>
<td width="180"><div class="boxtitle">Thông tin cần biết</div>
<p><a href="/portal/Pages/duong-day-nong.aspx">Đường dây nóng</a></p>
<p><a href="/portal/Pages/so-do.aspx">Sơ đồ cổng</a></p></td>
</tr>
<tr><td colspan="3" align="center" class="footer">
<p><strong>CỔNG THÔNG TIN ĐIỆN TỬ TỈNH THANH HÓA</strong></p>
<p>Giấy phép số 17/GP-BTTTT do Bộ Thông tin v&agrave; Truyền thông cấp.&nbsp;Ghi rõ nguồn khi phát hành lại.</p>
<p><a href="#">Về đầu trang</a></p>
</td></tr>
</tbody></table>
</form>
</body>
</html>
""")

# The link list and the counter stand before the title, in the same container as the article: the shape of the seed.
COUNTER = Template("""<ul class="ctl_right">
<li>Li&ecirc;n kết website<select name="lienket" onchange="if(this.value)window.open(this.value)"><option value=""></option></select></li>
<li>Thống k&ecirc; truy cập</li>
<li>Đang online: <b>$online</b>
<p>H&ocirc;m nay: $today</p>
<p>Đ&atilde; truy cập: $total</p></li>
</ul>""")

ARTICLE = Template("""<div class="ms-webpart-zone" id="${guid}_pnChiTiet">
$counter
<div class="tieude"><span id="${guid}_lblTieuDe">$title</span></div>
<div class="zoom" style="float:right"><a href="javascript:ChangeFont(-1)">-</a>&nbsp;<span>100%</span>&nbsp;<a href="javascript:ChangeFont(1)">+</a></div>
$lead$body$source
<div class="chiase"><a href="javascript:void(0)" onclick="share('fb','$shared')">Chia sẻ</a>&nbsp;|&nbsp;<a href="javascript:window.print()">In trang</a>&nbsp;|&nbsp;<a href="javascript:void(0)">Gửi email</a></div>
<div class="luotxem">Lượt xem: $views</div>
<div id="${guid}_pnTinLienQuan" class="tinlienquan">
<p style="font-weight:bold">$heading</p>
<ul>$related</ul>
</div>
</div>""")

NEWS = Template("""<div class="boxtitle"><a href="/portal/Pages/tin-tuc.aspx">Tin tức - Sự kiện</a></div>
<div id="${guid}_pnListNews">
$rows
</div>
<div id="${guid}_pnPhanTrang" class="phantrang" align="center">$pager</div>""")

NEWS_ROW = Template("""<table width="100%" class="itemnews"><tbody><tr valign="top">
<td width="130"><a href="$path"><img src="/portal/SiteCollectionImages/$id.png" width="120" height="80" border="0" alt="" /></a></td>
<td><a class="lnkTieuDe" href="$path">$title</a><br />
<span class="ngaydang" style="color:#777;font-size:11px">Đăng ngày $day</span>
<div class="trichyeu">$summary</div></td>
</tr></tbody></table>""")

DOCUMENTS = Template("""<div class="boxtitle">VĂN BẢN CHỈ ĐẠO ĐIỀU H&Agrave;NH</div>
<table id="${guid}_grvVanBan" class="tblVanBan" cellspacing="0" rules="all" border="1" style="width:100%;border-collapse:collapse">
<tr><th scope="col">Số/K&yacute; hiệu</th><th scope="col">Ng&agrave;y ban h&agrave;nh</th><th scope="col">Tr&iacute;ch yếu</th><th scope="col">Tệp</th></tr>
$rows
</table>
<div id="${guid}_pnPhanTrang" class="phantrang" align="center">$pager</div>""")

DOCUMENT_ROW = Template("""<tr class="rowvb"><td style="white-space:nowrap"><a href="$path">$number</a></td>
<td align="center">$day</td><td><a href="$path">$abstract</a></td>
<td align="center"><a href="$file"><img src="/portal/PublishingImages/pdf.png" width="16" height="16" border="0" alt="Tải về" /></a></td></tr>""")

DOCUMENT = Template("""<div id="${guid}_pnVanBan">
$counter
<table class="tblVanBan" width="100%" cellspacing="0"><tbody>
<tr><td width="160"><b>Số/K&yacute; hiệu</b></td><td><span id="${guid}_lblSoKyHieu">$number</span></td></tr>
<tr><td><b>Ng&agrave;y ban h&agrave;nh</b></td><td><span id="${guid}_lblNgayBanHanh">$day</span></td></tr>
<tr><td><b>Loại văn bản</b></td><td><span id="${guid}_lblLoaiVanBan">$type</span></td></tr>
<tr><td><b>Cơ quan ban h&agrave;nh</b></td><td><span id="${guid}_lblCoQuan">UBND tỉnh Thanh H&oacute;a</span></td></tr>
<tr><td><b>Tr&iacute;ch yếu</b></td><td><span id="${guid}_lblTrichYeu">$abstract</span></td></tr>
<tr><td><b>Tệp đ&iacute;nh k&egrave;m</b></td><td><a id="${guid}_lnkFile" href="$file">$name</a></td></tr>
</tbody></table>
<p><a href="/portal/Pages/van-ban.aspx">&lt;&lt; Quay lại</a></p>
</div>""")

PLAIN = Template("""<div id="${guid}"><h2>$heading</h2>
<p>$words</p>
</div>""")
