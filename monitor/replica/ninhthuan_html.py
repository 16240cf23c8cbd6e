"""The templates of the replica of Ninh Thuận: WebForms, a page of tables in tables, and a form around all of it."""

from __future__ import annotations

from string import Template

FRAME = Template("""

<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml">
<head id="ctl00_Head1"><title>
\tTrang thông tin điện tử tỉnh Ninh Thuận
</title><meta http-equiv="Content-Type" content="text/html; charset=utf-8" /><link href="/Styles/Main.css" rel="stylesheet" type="text/css" />
<script type="text/javascript">
//<![CDATA[
var theForm;
function __doPostBack(eventTarget, eventArgument) {
    theForm = document.forms['aspnetForm'];
    if (!theForm.onsubmit || (theForm.onsubmit() != false)) {
        theForm.__EVENTTARGET.value = eventTarget;
        theForm.__EVENTARGUMENT.value = eventArgument;
        theForm.submit();
    }
}
//]]>
</script></head>
<body>
<form name="aspnetForm" method="post" action="$action" id="aspnetForm">
<div>
<input type="hidden" name="__EVENTTARGET" id="__EVENTTARGET" value="" />
<input type="hidden" name="__EVENTARGUMENT" id="__EVENTARGUMENT" value="" />
<input type="hidden" name="__VIEWSTATE" id="__VIEWSTATE" value="$viewstate" />
</div>
<div>
<input type="hidden" name="__VIEWSTATEGENERATOR" id="__VIEWSTATEGENERATOR" value="CA0B0334" />
<input type="hidden" name="__EVENTVALIDATION" id="__EVENTVALIDATION" value="$validation" />
</div>
<table width="1000" border="0" align="center" cellpadding="0" cellspacing="0">
<tr><td><table width="100%" border="0" cellpadding="0" cellspacing="0">
  <tr><td><a href="/"><img src="/Images/banner.png" width="1000" height="130" border="0" alt="" /></a></td></tr>
  <tr><td class="menubar"><table border="0" cellpadding="4" cellspacing="0"><tr>
    <td><a href="/" class="menu">Trang chủ</a></td>
    <td><a href="/GioiThieu.aspx" class="menu">Giới thiệu</a></td>
    <td><a href="/TinTuc.aspx" class="menu">Tin tức - Sự kiện</a></td>
    <td><a href="/LichCongTac.aspx" class="menu">Lịch công tác</a></td>
    <td><a href="/LienHe.aspx" class="menu">Li&#234;n hệ</a></td>
  </tr></table></td></tr>
  <tr><td align="right"><span id="ctl00_lblNgayGio" class="ngay">$clock</span></td></tr>
</table></td></tr>
<tr><td><table width="100%" border="0" cellpadding="0" cellspacing="0"><tr valign="top">
  <td width="190"><table width="100%" border="0" cellpadding="3" cellspacing="0" class="hop">
    <tr><td class="hoptieude">Tin mới cập nhật</td></tr>
    <tr><td>$latest</td></tr>
    <tr><td class="hoptieude">Liên kết website</td></tr>
    <tr><td><select name="ctl00$$ddlLienKet" id="ctl00_ddlLienKet"><option value="">-- Chọn --</option><option value="http://chinhphu.vn">Chính phủ</option></select></td></tr>
    <tr><td class="hoptieude">Số lượng truy cập</td></tr>
    <tr><td align="center"><table border="0" cellpadding="0" cellspacing="0">
      <tr><td>Đang trực tuyến:</td><td align="right"><span id="ctl00_lblOnline">$online</span></td></tr>
      <tr><td>H&ocirc;m nay:</td><td align="right"><span id="ctl00_lblHomNay">$today</span></td></tr>
      <tr><td>Số lượng truy cập:</td><td align="right"><span id="ctl00_lblTong">$total</span></td></tr>
    </table></td></tr>
  </table></td>
  <td><table width="100%" border="0" cellpadding="6" cellspacing="0"><tr><td>
$main
  </td></tr></table></td>
</tr></table></td></tr>
<tr><td align="center" class="chantrang"><table width="100%" border="0"><tr><td align="center">
<b>TRANG THÔNG TIN ĐIỆN TỬ TỈNH NINH THUẬN</b><br />
Cơ quan chủ quản: Ủy ban nhân dân tỉnh Ninh Thuận<br />
Địa chỉ: Số 450 đường Thống Nhất, thành phố Phan Rang - Tháp Chàm<br />
Ghi rõ nguồn khi phát hành lại thông tin từ trang này
</td></tr></table></td></tr>
</table>
</form>
</body>
</html>
""")

LISTING = Template("""<table width="100%" border="0" cellpadding="0" cellspacing="0">
<tr><td class="duongdan"><a href="/">Trang chủ</a> &gt; <a href="/TinTuc.aspx">Tin tức - Sự kiện</a></td></tr>
<tr><td><div>
<table cellspacing="0" cellpadding="2" border="0" id="ctl00_ContentPlaceHolder1_grvTinTuc" style="width:100%;border-collapse:collapse;">
$rows
$pager
</table></div></td></tr></table>""")

ROW = Template("""<tr><td><table width="100%" border="0" cellpadding="2" cellspacing="0"><tr valign="top">
<td width="120"><a href="$path"><img id="ctl00_ContentPlaceHolder1_grvTinTuc_ctl${place}_imgTin" src="/Upload/TinTuc/$id.png" style="height:75px;width:110px;border-width:0px;" /></a></td>
<td><a id="ctl00_ContentPlaceHolder1_grvTinTuc_ctl${place}_lnkTieuDe" class="tieudetin" href="$path">$title</a>
<span id="ctl00_ContentPlaceHolder1_grvTinTuc_ctl${place}_lblNgay" class="ngaytin">($stamp)</span><br />
<span id="ctl00_ContentPlaceHolder1_grvTinTuc_ctl${place}_lblTomTat" class="tomtat">$summary</span></td>
</tr></table></td></tr>""")

ARTICLE = Template("""<table width="100%" border="0" cellpadding="0" cellspacing="0">
<tr><td class="duongdan"><a href="/">Trang chủ</a> &gt; <a href="/TinTuc.aspx">Tin tức - Sự kiện</a></td></tr>
<tr><td><span id="ctl00_ContentPlaceHolder1_lblTieuDe" class="TieuDeChiTiet">$title</span></td></tr>
<tr><td><table width="100%" border="0"><tr><td><span id="ctl00_ContentPlaceHolder1_lblNgayDang" class="ngaydang">Ngày đăng: $stamp</span></td>
<td align="right"><span class="luotxem">Số lượt xem: <span id="ctl00_ContentPlaceHolder1_lblLuotXem">$views</span></span>&nbsp;<a href="javascript:window.print()">In tin</a></td></tr></table></td></tr>
<tr><td class="noidung"><span id="ctl00_ContentPlaceHolder1_lblNoiDung">
$body</span></td></tr>
<tr><td align="right"><span id="ctl00_ContentPlaceHolder1_lblTacGia" class="tacgia"><b>$signed</b></span></td></tr>
<tr><td><hr /><b>Các tin khác</b>
<table cellspacing="0" border="0" id="ctl00_ContentPlaceHolder1_dlTinKhac" style="border-collapse:collapse;">$others</table></td></tr>
</table>""")

OTHER = Template("""<tr><td>- <a href="$path">$title</a> ($stamp)</td></tr>""")

WEEKS = Template("""<table width="100%" border="0" cellpadding="4" cellspacing="0">
<tr><td class="duongdan"><a href="/">Trang chủ</a> &gt; <a href="/LichCongTac.aspx">Lịch công tác</a></td></tr>
$rows</table>""")

WEEK_ROW = Template(
    """<tr><td><a class="tieudetin" href="$path">$title</a> <span class="ngaytin">($day)</span></td></tr>"""
)

SCHEDULE = Template("""<table width="100%" border="0" cellpadding="0" cellspacing="0">
<tr><td><span id="ctl00_ContentPlaceHolder1_lblTieuDe" class="TieuDeChiTiet">$title</span></td></tr>
<tr><td><span id="ctl00_ContentPlaceHolder1_lblNgayDang" class="ngaydang">Ngày đăng: $day</span></td></tr>
<tr><td class="noidung"><span id="ctl00_ContentPlaceHolder1_lblNoiDung">$body</span></td></tr>
</table>""")

PLAIN = Template("""<table width="100%" border="0" cellpadding="4"><tr><td class="TieuDeChiTiet">$heading</td></tr>
<tr><td>$words</td></tr></table>""")

# What ASP.NET answers, with status 500, to a form that it did not make itself.
YELLOW = Template("""<!DOCTYPE html>
<html><head><title>$reason</title></head><body bgcolor="white">
<span><h1>Server Error in '/' Application.<hr width=100% size=1 color=silver></h1>
<h2><i>$reason</i></h2></span>
<b>Description: </b>An unhandled exception occurred during the execution of the current web request.
<hr width=100% size=1 color=silver><b>Version Information:</b>&nbsp;Microsoft .NET Framework Version:4.0.30319; ASP.NET Version:4.6.1590.0
</body></html>
""")
