"""The templates of the replica of the ministry: Liferay 6 with its asset publisher, after a real portal's markup."""

from __future__ import annotations

from string import Template

# A page of the real thing begins with some sixty empty lines.
FRAME = Template(
    "\n" * 60
    + """<!DOCTYPE html>
<html class="aui ltr" dir="ltr" lang="en-US">
<head>
<title>$title - Cổng thông tin điện tử Bộ Kế hoạch và Đầu tư</title>
<meta content="text/html; charset=UTF-8" http-equiv="content-type" />
<link href="$canonical" rel="canonical" />
<link href="$leaf/en" hreflang="en-US" rel="alternate" />
<link href="$leaf/vi" hreflang="vi-VN" rel="alternate" />
<link class="lfr-css-file" href="/mpi-theme/css/aui.css?browserId=other&amp;themeId=mpi_WAR_mpitheme&amp;languageId=vi_VN&amp;b=6210" rel="stylesheet" type="text/css" />
<script type="text/javascript">// <![CDATA[
var Liferay={Browser:{acceptsGzip:function(){return false}},ThemeDisplay:{getLanguageId:function(){return"vi_VN"},getPlid:function(){return"$plid"}}};
// ]]></script>
</head>
<body class=" yui3-skin-sam controls-visible signed-out public-page site">
<div class="container-fluid" id="wrapper">
<header id="banner" role="banner">
  <div id="heading"><a class="logo" href="/" title="Trang chủ"><img alt="Bộ Kế hoạch và Đầu tư" height="110" src="/image/layout_set_logo.png" width="1000" /></a></div>
  <ul class="language"><li><a href="en/$here" class="taglib-language-list-text">English</a></li><li><a href="vi/$here" class="taglib-language-list-text">Tiếng Việt</a></li></ul>
  <nav class="sort-pages" id="navigation"><ul role="menubar">
    <li role="presentation"><a href="/" role="menuitem"><span>Trang chủ</span></a></li>
    <li role="presentation"><a href="/gioi-thieu" role="menuitem"><span>Giới thiệu</span></a></li>
    <li class="selected" role="presentation"><a href="/tin-tuc" role="menuitem"><span>Tin tức</span></a></li>
    <li role="presentation"><a href="/lien-he" role="menuitem"><span>Li&ecirc;n hệ</span></a></li>
  </ul></nav>
</header>
<div id="content"><div class="columns-2" id="main-content" role="main"><div class="portlet-layout row-fluid">
<div class="portlet-column portlet-column-first span9" id="column-1"><div class="portlet-dropzone">
<div class="portlet-boundary portlet-boundary_101_ portlet-static portlet-asset-publisher" id="p_p_id_101_"><span id="p_101"></span>
<section class="portlet" id="portlet_101">
<header class="portlet-topper"><h1 class="portlet-title"><span class="portlet-title-text">$topper</span></h1></header>
<div class="portlet-content"><div class="portlet-body">
$main
</div></div></section></div></div></div>
<div class="portlet-column portlet-column-last span3" id="column-2">
  <section class="portlet"><h1 class="portlet-title"><span class="portlet-title-text">Tin mới nhất</span></h1>
  <div class="portlet-body"><ul class="news-list">$latest</ul></div></section>
  <section class="portlet" id="portlet_vcounter"><h1 class="portlet-title"><span class="portlet-title-text">Số lượt truy cập</span></h1>
  <div class="portlet-body"><ul class="wd-access">$digits</ul></div></section>
</div>
</div></div></div>
<footer id="footer" role="contentinfo"><div class="footer-content">
<p><strong>CỔNG THÔNG TIN ĐIỆN TỬ BỘ KẾ HOẠCH VÀ ĐẦU TƯ</strong></p>
<p>Địa chỉ: 6B Hoàng Diệu, Ba Đình, Hà Nội - Điện thoại: 080 43485</p>
<p>Ghi rõ nguồn "mpi.gov.vn" khi phát hành lại thông tin từ website này</p>
</div></footer>
</div>
</body>
</html>
"""
)

LISTING = Template("""$rows
<div class="taglib-page-iterator"><div class="lfr-pagination-config"><small class="search-results">Trang $number / $last</small></div>
<ul class="pager lfr-pagination-buttons">$pager</ul></div>""")

ROW = Template("""<div class="asset-bounddary">
\t<div class="asset-abstract ">
\t\t<div class="asset-content normal-news">
\t\t\t<div class="asset-image"><a href="$path"><img src="/documents/10180/$id.png?t=1452137163000" alt=""/></a></div>
\t\t\t<div class="asset-content-custom" >
\t\t\t\t<h3 class="asset-title"> <a href="$path">$title</a> </h3>
\t\t\t\t<div class="assetPublishDate block_timer"> $stamp </div>
\t\t\t\t<div class="asset-summary"> $summary </div>
\t\t\t</div>
\t\t</div>
\t\t<div class="asset-metadata"> </div>
\t</div>
</div>""")

# A page made of the same portlet, whose links were written relative and now lead through the languages.
VARIANT_ROW = Template("""<div class="asset-bounddary"><div class="asset-abstract "><div class="asset-content">
<h3 class="asset-title"> <a href="$path">$title</a> </h3> <div class="assetPublishDate block_timer"> $stamp </div>
</div></div></div>""")

ARTICLE = Template("""<div class="asset-full-content show-asset-title">
<div class="asset-content">
  <h2 class="header-title"><span>$title</span></h2>
  <div class="assetPublishDate block_timer"> Ngày đăng $stamp &nbsp;|&nbsp;Lượt xem: $views </div>
  <div class="zoom-bar">Xem với cỡ chữ: <a href="javascript:void(0)">A-</a> <a href="javascript:void(0)">A</a> <a href="javascript:void(0)">A+</a></div>
  <div class="journal-content-article">
$body
  </div>
  <div class="taglib-social-bookmarks"><ul><li><a href="javascript:void(0)" onclick="share('$shared')">Chia sẻ</a></li><li><a href="javascript:print()">In trang</a></li></ul></div>
</div>
<div class="asset-links"><h4>$heading</h4><ul class="asset-links-list">$related</ul></div>
</div>""")

PLAIN = Template("""<div class="portlet-msg">
<h3>$heading</h3>
<p>$words</p>
</div>""")
