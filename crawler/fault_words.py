"""What the pages of faults say, in the words of servers, firewalls, platforms and portals. All matched on match_key."""

from __future__ import annotations

import re

CHALLENGE = re.compile(
    r"just a moment|checking your browser|attention required|verify (?:that )?you are (?:a )?human|are you a robot|ddos protection|"
    r"enable javascript and cookies|please (?:enable|turn on) (?:javascript|cookies)|request unsuccessful\. incapsula|access denied|"
    r"xác (?:minh|thực) (?:bạn|rằng bạn|không phải).{0,30}|bạn không phải (?:là )?(?:robot|người máy)|(?:vui lòng )?(?:bật|kích hoạt|cho phép) javascript|"
    r"(?:yêu cầu|truy cập|ip|địa chỉ ip).{0,40}(?:bị chặn|bị từ chối)|request (?:was )?(?:rejected|blocked)|web application firewall|"
    r"(?:web )?page (?:has been |is )?blocked|attack id\b|(?:complete|pass) (?:the|a) security check|one more step|administrative rules|\bwaf\b|unusual traffic|lưu lượng (?:truy cập )?bất thường|xác minh (?:bảo mật|để tiếp tục)|captcha|"
    r"the requested url was rejected|đang kiểm tra trình duyệt|human verification|you have been blocked"
)
CHALLENGE_CODE = re.compile(
    r"cf-chl|cf_chl_|__cf_|/cdn-cgi/challenge|_Incapsula_|d1n\s*=|aes\.js|slowAES|toNumbers\(|sucuri_cloudproxy|__jsl_clearance|"
    r"bot-?protect|challenge-platform|document\.cookie\s*=[^;]{0,400}(?:location|reload)",
    re.IGNORECASE,
)
MAINTENANCE = re.compile(
    r"(?:đang|tạm thời|tạm dừng|tạm ngừng|tạm ngưng|sẽ)[^.]{0,60}(?:bảo trì|nâng cấp|bảo dưỡng)|(?:bảo trì|nâng cấp) hệ thống|hệ thống (?:đang )?(?:bảo trì|tạm)|"
    r"maintenance mode|undergoing (?:scheduled )?maintenance|website đang trong quá trình nâng cấp|"
    r"under (?:maintenance|construction)|scheduled maintenance|temporarily unavailable|service unavailable|be (?:right back|back (?:soon|shortly))|performing (?:some )?(?:scheduled )?maintenance|coming soon|"
    r"(?:chức năng|chuyên mục|chuyên trang)(?: này)? (?:hiện )?(?:đang|chưa) (?:được )?(?:hoàn thiện|xây dựng)|"
    r"(?:website|trang web|cổng thông tin|trang).{0,40}(?:đang (?:bảo trì|nâng cấp|xây dựng)|tạm (?:ngừng|dừng|ngưng))"
)
ERROR = re.compile(
    r"server error in '|runtime error|internal server error|http status (?:5\d\d|40[0135-9])|bad gateway|gateway time-?out|"
    r"sorry, something went wrong|an (?:unexpected |unhandled )?(?:error|exception) (?:has )?occurred|unhandled exception|object reference not set|"
    r"(?:đã )?(?:xảy ra|có|phát sinh) lỗi|lỗi (?:hệ thống|máy chủ|kết nối|cơ sở dữ liệu|xử lý)|fatal error|database error|error establishing a database|"
    r"ora-\d{5}|sql (?:error|exception)|stack trace|java\.lang\.|nullpointerexception|web\.config|403 forbidden|\bforbidden\b|"
    r"error in your sql syntax|sqlstate\[|(?:looks like )?something went wrong\W*$|query ?exception|"
    r"(?:warning|notice|parse error)\W.{0,200}\.php on line \d|failed to connect to (?:mysql|database|server)|"
    r"application error|service error|correlation id|portlet (?:này )?(?:tạm thời )?không (?:khả dụng|sẵn sàng)"
)
MISSING = re.compile(
    r"\b404\b.{0,60}(?:not found|không|error|lỗi|page)|(?:error|lỗi|http|status|trang)[\s:-]{0,3}404|^\W*404\W*$|page (?:not|cannot be|could not be|can't be) found|not found$|"
    r"^(?:the )?(?:requested )?(?:page|url|resource|file|article)[^.]{0,60}(?:not found|(?:does not|doesn't) exist|no longer)|"
    r"không tìm thấy (?:trang|nội dung|bài viết|dữ liệu|tin|tài nguyên|đường dẫn|địa chỉ|thông tin|văn bản|url|website|bản ghi)|"
    r"(?:trang|nội dung|bài viết|tin(?: tức| bài)?|dữ liệu|tài nguyên|đường dẫn|liên kết|địa chỉ|văn bản|chuyên mục|url|bản ghi)[^.]{0,70}"
    r"(?:không (?:được tìm thấy|tồn tại|tìm thấy|còn tồn tại|có sẵn|khả dụng|hợp lệ)|hiện không có|đã (?:bị|được) (?:xóa|xoá|gỡ|di chuyển)|không còn)|^không tìm thấy\W*$|"
    r"không có (?:trang|bài viết|nội dung) (?:này|nào|bạn)|(?:nội dung|bài viết) (?:này )?(?:đang được cập nhật|chưa được cập nhật)"
)
# Liferay: "Tin tức tạm thời không có sẵn." One portlet is broken, and the portal itself is well.
PORTLET = re.compile(
    r"(?!.*\b(?:service|site|website|server|resource|hệ thống|cổng|trang web)\b).{3,60} (?:is temporarily unavailable|tạm thời không (?:có sẵn|khả dụng|sẵn sàng))\W*"
)
LOGIN = re.compile(
    r"(?:(?:trang|cổng|màn hình) )?(?:đăng nhập|log ?in|sign ?in)(?: (?:hệ thống|vào|tài khoản|quản trị|to|cổng|trang).{0,60})?|.{0,60}[-|] ?(?:đăng nhập|log ?in|sign ?in)|"
    r"(?:bạn |vui lòng |quý khách |xin )?(?:cần |phải |hãy )?đăng nhập để .{0,80}|.{0,40}session (?:has )?expired.{0,60}|.{0,40}phiên (?:làm việc|đăng nhập) (?:đã )?hết hạn.{0,60}"
)

# What is no page of the portal at all, however much it says: a server's dump, its own first page, a parked name. The
# head or a heading says this and nothing else; an article about it says more.
BROKEN = re.compile(
    r"server error in '[^']*' application\W*|http status [45]\d\d\b.{0,60}|welcome to (?:nginx|openresty|centos|tengine|caddy)\b.{0,10}|iis(?: windows server|\d?(?:\.\d)?)|"
    r"(?:internet information services|microsoft internet information services \d+)|apache2? .{0,20}default page.{0,20}|it works!|test page for .{3,60}|"
    r"index of /.{0,120}|(?:this )?(?:account|site|website) (?:has been )?suspended\W*|(?:web ?site|default) (?:default )?page.{0,20}plesk.{0,20}|apache tomcat/[\d.]+|"
    r"tên miền (?:này )?(?:đã |chưa )?(?:hết hạn|bị (?:tạm ngưng|thu hồi|khóa)|được kích hoạt)(?: sử dụng)?\W*|this domain (?:name )?(?:is for sale|has expired|is parked)\W*|"
    r"(?:.{1,60} )?(?:domain |website )?(?:is for sale|parked (?:free|domain))\b.{0,40}"
)
PARKED = re.compile(
    r"(?:domain|website) (?:name )?(?:is|may be) for sale|buy this domain|domain parking|parked (?:free|domain)|sedo\b|hugedomains|this domain has expired"
)
