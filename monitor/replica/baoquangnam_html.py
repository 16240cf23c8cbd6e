"""The templates of the replica of Báo Quảng Nam: a newspaper's own system, with every metadata there is."""

from __future__ import annotations

from string import Template

FRAME = Template("""<!DOCTYPE html>
<html lang="vi" prefix="og: http://ogp.me/ns#">
<head>
<meta charset="utf-8">
<title>$title - Báo Quảng Nam Online</title>
<meta name="viewport" content="width=device-width, initial-scale=1.0">
<meta name="description" content="$description">
<meta name="keywords" content="báo quảng nam, tin tức quảng nam, chuyển đổi số">
<meta property="og:site_name" content="Báo Quảng Nam Online">
<meta property="og:type" content="$kind">
<meta property="og:title" content="$title">
<meta property="og:description" content="$description">
<meta property="og:url" content="$canonical">
<meta property="og:image" content="/images/logo-share.png">
$meta
<link rel="canonical" href="$canonical">
<link rel="alternate" type="application/rss+xml" title="Báo Quảng Nam - Chính trị" href="/rss/chinh-tri.rss">
<link rel="stylesheet" href="/static/css/main.min.css?v=231129">
$data
<script async src="/static/js/main.min.js"></script>
</head>
<body>
<header class="site-header">
  <div class="header-top"><div class="container"><span class="datetime">$clock</span> <a class="rss" href="/rss/chinh-tri.rss">RSS</a> <a class="epaper" href="/bao-in/">Báo in</a></div></div>
  <div class="header-logo container"><a href="/" title="Báo Quảng Nam Online"><img src="/images/logo.png" alt="Báo Quảng Nam" width="320" height="80"></a></div>
  <nav class="main-menu"><ul class="container"><li><a href="/">Trang chủ</a></li><li><a href="/chinh-tri/">Chính trị</a></li><li><a href="/kinh-te/">Kinh tế</a></li><li><a href="/xa-hoi/">Xã hội</a></li><li><a href="/van-hoa/">Văn hóa</a></li><li><a href="/the-thao/">Thể thao</a></li></ul></nav>
</header>
<div class="container main-wrap"><div class="col-left">
$main
</div>
<aside class="col-right">
  <div class="box box-most"><h3 class="box-title">TIN ĐỌC NHIỀU</h3><ul class="most-read">$popular</ul></div>
  <div class="box box-ads"><a href="/quang-cao/"><img src="/images/qc300.png" alt="Quảng cáo" width="300" height="250"></a></div>
  <div class="box box-new"><h3 class="box-title">TIN MỚI</h3><ul class="new-list">$latest</ul></div>
</aside></div>
<footer class="site-footer"><div class="container">
  <p class="name">BÁO QUẢNG NAM ONLINE - CƠ QUAN CỦA ĐẢNG BỘ ĐẢNG CỘNG SẢN VIỆT NAM TỈNH QUẢNG NAM</p>
  <p>Giấy phép số 17/GP-BTTTT do Bộ Thông tin và Truyền thông cấp ngày 14.1.2016</p>
  <p>Tòa soạn: 113 Trần Quý Cáp, Tam Kỳ, Quảng Nam. Điện thoại: 0235.3852528 - Email: toasoan@baoquangnam.vn</p>
  <p>Ghi rõ nguồn "Báo Quảng Nam" khi phát hành lại thông tin từ website này</p>
  <p class="online">Đang online: $online | Tổng truy cập: $total</p>
</div></footer>
</body>
</html>
""")

ARTICLE = Template("""<div class="breadcrumb"><a href="/">Trang chủ</a> <i class="sep">/</i> <a href="/chinh-tri/">Chính trị</a></div>
<article class="article-detail">
<h1 class="article-title">$title</h1>
<div class="article-info"><span class="author">$author</span> <span class="time"><i class="icon-clock"></i> $stamp</span> <span class="view">$views lượt xem</span></div>
<div class="social-share top"><a class="fb" href="javascript:;" data-title="$shared" data-href="$canonical">Facebook</a><a class="zalo" href="javascript:;" data-title="$shared">Zalo</a><a class="mail" href="javascript:;">Gửi email</a></div>
$sapo
<div class="article-content" id="article-body">
$body
</div>
<div class="article-tags"><span class="label">Từ khóa:</span> <a href="/tag/chuyen-doi-so">chuyển đổi số</a> <a href="/tag/kinh-te-so">kinh tế số</a></div>
<div class="social-share bottom">Chia sẻ: <a class="share-item" href="javascript:;" title="Chia sẻ: $shared">$shared</a></div>
</article>
<section class="box box-related"><h3 class="box-title">TIN LIÊN QUAN</h3><ul class="related-list">$related</ul></section>
<section class="box-comment"><h3>Bình luận (0)</h3><form onsubmit="return false"><textarea name="c" placeholder="Ý kiến của bạn"></textarea><input type="text" name="n" placeholder="Họ tên"><button>Gửi</button></form></section>
<section class="box box-same"><h3 class="box-title">TIN CÙNG CHUYÊN MỤC</h3>$same</section>""")

# Between the second and the third paragraph, as editors place it.
INLINE = Template("""<div class="article-relate"><p class="relate-title">Xem thêm</p><ul>$links</ul></div>""")

SAME = Template(
    """<div class="story-s"><a class="thumb" href="$path"><img src="/images/news/$id.png" alt=""></a><h4><a href="$path" title="$title">$title</a></h4></div>"""
)

LISTING = Template("""<div class="cate-head"><h1><a href="/chinh-tri/">Chính trị</a></h1></div>
$featured
<div class="list-news">
$rows
</div>
<div class="pagination-wrap"><ul class="page-nav">$pager</ul></div>""")

FEATURED = Template("""<div class="story-featured"><a class="thumb" href="$path"><img src="/images/news/$id.png" alt="$title" width="560"></a>
<h2 class="story-title"><a href="$path" title="$title">$title</a></h2>
<span class="story-time">$stamp</span>
<p class="story-sapo">$summary</p></div>""")

ROW = Template("""<div class="story-item"><a class="thumb" href="$path"><img src="/images/news/$id.png" alt="$title" width="220"></a>
<div class="story-text"><h3 class="story-title"><a href="$path" title="$title">$title</a></h3>
<span class="story-time">$stamp</span>
<p class="story-sapo">$summary</p></div></div>""")

PLAIN = Template("""<div class="static-page"><h2>$heading</h2><p>$words</p></div>""")

FEED = Template("""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel>
<title>Báo Quảng Nam - Chính trị</title>
<link>$url</link>
<description>Tin chính trị của Báo Quảng Nam</description>
<language>vi</language>
$items
</channel></rss>
""")

FEED_ITEM = Template("""<item><title><![CDATA[$title]]></title><link>$path</link><guid isPermaLink="false">$number</guid>
<pubDate>$date</pubDate><description><![CDATA[<a href="$path"><img src="/images/news/$id.png"></a> $summary]]></description></item>""")
