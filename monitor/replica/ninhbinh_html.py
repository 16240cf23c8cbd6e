"""The templates of the replica of Ninh Bình: NukeViet's default theme, with metadata that misleads."""

from __future__ import annotations

from string import Template

FRAME = Template("""<!DOCTYPE html>
    <html lang="vi" xmlns="http://www.w3.org/1999/xhtml" prefix="og: http://ogp.me/ns#">
    <head>
<title>$title - Cổng thông tin điện tử tỉnh Ninh Bình</title>
<meta name="description" content="$description">
<meta name="author" content="Cổng thông tin điện tử tỉnh Ninh Bình">
<meta name="generator" content="NukeViet v4.5">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Type" content="text/html; charset=utf-8">
<meta property="og:title" content="$title - Cổng thông tin điện tử tỉnh Ninh Bình">
<meta property="og:type" content="website">
<meta property="og:site_name" content="Cổng thông tin điện tử tỉnh Ninh Bình">
<meta property="og:updated_time" content="$updated">
<meta property="og:image" content="/uploads/logo.png">
<link rel="canonical" href="$canonical">
<style>
body {font-family: "Helvetica Neue", Arial; font-size: 14px; max-width: 1100px; margin: auto}
.row {display: flex; flex-wrap: wrap} .col-md-18 {flex: 3; padding: 0 10px} .col-md-6 {flex: 1}
.list-none, .list-inline {list-style: none; padding: 0} .list-inline li {display: inline-block; margin-right: 8px}
.display-table {display: table; width: 100%} .display-table li {display: table-row} .display-table span {display: table-cell}
</style>
<script>var nv_base_siteurl="/",nv_lang_data="vi",nv_name_variable="nv",nv_check_pass_mstime=1738000;</script>
</head>
<body>
    <noscript><div class="alert alert-danger">Trình duyệt của bạn đã tắt chức năng hỗ trợ JavaScript.</div></noscript>
    <div id="mobilePage" class="wraper">
        <header><div class="container">
            <div class="logo"><a title="Cổng thông tin điện tử tỉnh Ninh Bình" href="/"><img src="/uploads/logo.png" width="90" height="90" alt=""></a></div>
            <span class="current-time">$clock</span>
            <form action="/search" method="get"><input type="text" name="q" maxlength="60" placeholder="T&igrave;m kiếm..."></form>
        </div></header>
        <nav class="second-nav" id="menusite"><ul class="nav navbar-nav list-inline">
            <li><a title="Trang nhất" href="/">Trang nhất</a></li>
            <li><a title="Giới thiệu" href="/vi/about/">Giới thiệu</a></li>
            <li class="active"><a title="Tin tức sự kiện" href="/vi/news/tin-tuc-su-kien/">Tin tức sự kiện</a></li>
            <li><a title="Li&ecirc;n hệ" href="/vi/contact/">Li&ecirc;n hệ</a></li>
            <li><a title="Thành viên" href="/admin" rel="nofollow">Đăng nhập</a></li>
        </ul></nav>
        <section><div class="container" id="body"><div class="row">
            <div class="col-sm-16 col-md-18">
$main
            </div>
            <div class="col-sm-8 col-md-6">
                <div class="panel panel-primary"><div class="panel-heading">Tin mới</div>
                <div class="panel-body"><ul class="block_groups list-none">$latest</ul></div></div>
                <div class="panel panel-primary"><div class="panel-heading">Xem nhiều</div>
                <div class="panel-body"><ul class="block_tophits list-none">$popular</ul></div></div>
                <div class="panel panel-primary"><div class="panel-heading">Thống kê</div>
                <div class="panel-body">$counter</div></div>
            </div>
        </div></div></section>
        <footer id="footer"><div class="container">
            <p>Cơ quan chủ quản: Ủy ban nhân dân tỉnh Ninh Bình</p>
            <p>&copy;&nbsp;Cổng thông tin điện tử tỉnh Ninh Bình. Ghi rõ nguồn khi sử dụng lại thông tin từ website này.</p>
        </div></footer>
    </div>
</body>
</html>
""")

COUNTER = Template("""<ul class="counter list-none display-table">
    <li><span><em class="fa fa-bolt fa-lg fa-horizon"></em>Đang truy cập</span><span>$online</span></li>
    <li><span><em class="fa fa-magic fa-lg fa-horizon"></em>M&aacute;y chủ t&igrave;m kiếm</span><span>$bots</span></li>
    <li><span><em class="fa fa-bullseye fa-lg fa-horizon"></em>Kh&aacute;ch viếng thăm</span><span>$guests</span></li>
    <li><span><em class="icon-today icon-lg icon-horizon margin-top-lg"></em>H&ocirc;m nay</span><span class="margin-top-lg">$today</span></li>
    <li><span><em class="fa fa-calendar-o fa-lg fa-horizon"></em>Th&aacute;ng hiện tại</span><span>$month</span></li>
    <li><span><em class="fa fa-bars fa-lg fa-horizon"></em>Tổng lượt truy cập</span><span>$total</span></li>
</ul>""")

ARTICLE = Template("""<div class="news_column panel panel-default" id="news-detail">
    <div class="panel-body">
        <ol class="breadcrumb list-inline"><li><a href="/">Trang nhất</a></li><li><a href="/vi/news/tin-tuc-su-kien/">Tin tức sự kiện</a></li></ol>
        <h1 class="title margin-bottom-lg">$title</h1>
        <div class="row margin-bottom-lg">
            <div class="col-md-12"><span class="h5">$dateline</span></div>
            <div class="col-md-12"><ul class="list-inline text-right">
                <li><a class="dimgray" title="Gửi bài viết qua email" href="javascript:void(0);"><em class="fa fa-envelope fa-lg">&nbsp;</em></a></li>
                <li><a class="dimgray" rel="nofollow" title="In ra" href="javascript:void(0);"><em class="fa fa-print fa-lg">&nbsp;</em></a></li>
                <li><em class="fa fa-eye">&nbsp;</em> Đ&atilde; xem: $views</li>
            </ul></div>
        </div>
        $hometext
        <div id="news-bodyhtml" class="bodytext margin-bottom-lg">
$body
        </div>
        $author
    </div>
</div>
<div class="news_column panel panel-default"><div class="panel-body">
    <div class="socialicon clearfix">Chia sẻ: <a href="javascript:void(0)">Facebook</a> <a href="javascript:void(0)">Zalo</a></div>
    <p class="h3"><strong>Những tin mới hơn</strong></p>
    <ul class="related list-inline">$newer</ul>
    <p class="h3"><strong>Những tin cũ hơn</strong></p>
    <ul class="related list-inline">$older</ul>
</div></div>""")

LISTING = Template("""<div class="page-header"><h1>Tin tức sự kiện</h1></div>
<div class="news_column" id="news-list">
$rows
</div>
<div class="text-center"><ul class="pagination list-inline">$pager</ul></div>""")

ROW = Template("""    <div class="panel panel-default clearfix"><div class="panel-body featured">
        <a href="$path" title="$title"><img alt="" src="/uploads/news/$id.png" width="120" height="80" class="img-thumbnail pull-left imghome"></a>
        <h3><a href="$path" title="$title">$title</a></h3>
        <div class="text-muted"><ul class="list-unstyled list-inline">
            <li><em class="fa fa-clock-o">&nbsp;</em> $published</li>
            <li><em class="fa fa-eye">&nbsp;</em> Đ&atilde; xem: $views</li>
        </ul></div>
        <p>$summary</p>
    </div></div>""")

PLAIN = Template("""<div class="panel panel-default"><div class="panel-body">
    <h2>$heading</h2>
    <p>$words</p>
</div></div>""")
