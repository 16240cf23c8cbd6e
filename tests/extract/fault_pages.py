"""Pages of faults as servers, firewalls, platforms and portals answer them with status 200, and articles about faults."""

from __future__ import annotations

SITE = "Cổng thông tin điện tử tỉnh Thanh Bình"
MENU = (
    "<div class='menu'><ul>"
    + "".join(
        f"<li><a href='/m/{i}'>{t}</a></li>"
        for i, t in enumerate(
            [
                "Trang chủ",
                "Giới thiệu",
                "Tin tức - Sự kiện",
                "Văn bản",
                "Thủ tục hành chính",
                "Công khai ngân sách",
                "Liên hệ",
                "Hỏi đáp",
                "Đăng nhập",
            ]
        )
    )
    + "</ul></div>"
)
FOOT = "<div class='footer'><p>Bản quyền thuộc Cổng thông tin điện tử tỉnh Thanh Bình</p><p>Địa chỉ: 35 Đại lộ Lê Lợi</p><p>Điện thoại: 0237 385 2246</p></div>"
SIDE = (
    "<div class='right'><h3>Tin mới nhất</h3><ul>"
    + "".join(
        f"<li><a href='/tin/{i}.html'>Đoàn công tác số {i} của tỉnh làm việc với các doanh nghiệp trong khu kinh tế</a></li>"
        for i in range(6)
    )
    + "</ul></div>"
)


def framed(inner: str, title: str = SITE, side: bool = True, head: str = "") -> str:
    """A portal's page around something."""
    return f"<html><head><meta charset=utf-8><title>{title}</title>{head}</head><body><div class='banner'>{SITE}</div>{MENU}<div class='content'>{inner}</div>{SIDE if side else ''}{FOOT}</body></html>"


FAULTS: tuple[tuple[str, str], ...] = (
    # challenge
    (
        "challenge",
        """<!DOCTYPE html><html lang="en-US"><head><title>Just a moment...</title><meta name="robots" content="noindex,nofollow"><meta http-equiv="refresh" content="390"></head><body class="no-js"><div class="main-wrapper" role="main"><div class="main-content"><noscript><div class="h2"><span id="challenge-error-text">Enable JavaScript and cookies to continue</span></div></noscript></div></div><script>(function(){window._cf_chl_opt={cvId:'3',cZone:'thanhbinh.gov.vn'};})();</script></body></html>""",
    ),
    (
        "challenge",
        """<html><head><title>Attention Required! | Cloudflare</title></head><body><div id="cf-wrapper"><h1 data-translate="block_headline">Sorry, you have been blocked</h1><h2>You are unable to access thanhbinh.gov.vn</h2><p>This website is using a security service to protect itself from online attacks. The action you just performed triggered the security solution. There are several actions that could trigger this block including submitting a certain word or phrase, a SQL command or malformed data.</p><p>You can email the site owner to let them know you were blocked. Please include what you were doing when this page came up and the Cloudflare Ray ID found at the bottom of this page.</p><span>Cloudflare Ray ID: 8c1</span> <span>Performance &amp; security by Cloudflare</span></div></body></html>""",
    ),
    (
        "challenge",
        """<html><body><script>document.cookie="D1N=0c8f"+"; expires=Fri, 31-Dec-37 23:55:55 GMT; path=/";window.location.reload(true);</script></body></html>""",
    ),
    (
        "challenge",
        """<html><body><script type="text/javascript" src="/aes.js"></script><script>function toNumbers(d){var e=[];d.replace(/(..)/g,function(d){e.push(parseInt(d,16))});return e}var a=toNumbers("f655ba9d09a112d4968c63579db590b4");document.cookie="__test="+toHex(slowAES.decrypt(c,2,a,b))+"; path=/";location.href="http://x/?i=1";</script><noscript>This site requires Javascript to work, please enable Javascript in your browser or use a browser with Javascript support</noscript></body></html>""",
    ),
    (
        "challenge",
        """<html><head><script>function setCookie(){document.cookie='vhcookie=abc;path=/';}setCookie(); setTimeout(function(){ location.reload(); },100);</script></head><body></body></html>""",
    ),
    (
        "challenge",
        "<html><head><title>Request Rejected</title></head><body>The requested URL was rejected. Please consult with your administrator.<br><br>Your support ID is: 4499284834718474<br><br><a href='javascript:history.back();'>[Go Back]</a></body></html>",
    ),
    (
        "challenge",
        """<html style="height:100%"><head><META NAME="ROBOTS" CONTENT="NOINDEX, NOFOLLOW"><script src="/_Incapsula_Resource?SWJIYLWA=719d34"></script></head><body style="margin:0px;height:100%"><iframe id="main-iframe" src="/_Incapsula_Resource?CWUDNSAI=9&xinfo=1">Request unsuccessful. Incapsula incident ID: 123-456</iframe></body></html>""",
    ),
    (
        "challenge",
        """<html><head><title>Web Page Blocked</title></head><body><div class="message"><h2>Web Page Blocked!</h2><p>The page cannot be displayed. Please contact the administrator for additional information.</p><p>URL: thanhbinh.gov.vn/</p><p>Client IP: 1.2.3.4</p><p>Attack ID: 20000051</p><p>Message ID: 000123</p></div></body></html>""",
    ),
    (
        "challenge",
        """<html><head><title>Xác thực truy cập</title></head><body><h3>Vui lòng xác nhận bạn không phải là robot</h3><form><img src="/captcha"><input name=c><button>Xác nhận</button></form></body></html>""",
    ),
    (
        "challenge",
        """<html><head><title>VNPT WAF</title></head><body><h1>Truy cập của bạn đã bị chặn</h1><p>Yêu cầu của bạn bị từ chối bởi hệ thống bảo mật. Mã sự kiện: 1a2b3c. Vui lòng liên hệ quản trị viên.</p></body></html>""",
    ),
    (
        "challenge",
        """<html><head><title>Access Denied</title></head><body><H1>Access Denied</H1>You don't have permission to access "http&#58;&#47;&#47;thanhbinh&#46;gov&#46;vn&#47;" on this server.<P>Reference&#32;&#35;18&#46;1234</BODY></html>""",
    ),
    (
        "challenge",
        """<html><head><title>Xác minh bảo mật</title></head><body><div class="g-recaptcha" data-sitekey="x"></div><p>Hệ thống phát hiện lưu lượng truy cập bất thường từ mạng của bạn. Vui lòng hoàn thành xác minh để tiếp tục.</p></body></html>""",
    ),
    (
        "challenge",
        """<html><head><title>DDoS-Guard</title></head><body><h1>Checking your browser before accessing thanhbinh.gov.vn</h1><p>Please wait a few seconds.</p></body></html>""",
    ),
    # maintenance
    (
        "maintenance",
        "<html><head><title>Bảo trì hệ thống</title></head><body><img src='logo.png'><h1>Hệ thống đang được bảo trì</h1><p>Cổng thông tin điện tử đang nâng cấp để phục vụ tốt hơn. Vui lòng quay lại sau 17 giờ 00 ngày 25/11/2025. Xin lỗi quý khách vì sự bất tiện này.</p><p>Hotline: 0237 385 2246</p></body></html>",
    ),
    (
        "maintenance",
        "<html><head><title>Site is undergoing maintenance</title></head><body><h1>Maintenance mode is on</h1><p>Site will be available soon. Thank you for your patience!</p></body></html>",
    ),
    (
        "maintenance",
        "<html><head><title>Briefly unavailable for scheduled maintenance. Check back in a minute.</title></head><body>Briefly unavailable for scheduled maintenance. Check back in a minute.</body></html>",
    ),
    (
        "maintenance",
        "<html><head><title>503 Service Temporarily Unavailable</title></head><body><center><h1>503 Service Temporarily Unavailable</h1></center><hr><center>nginx</center></body></html>",
    ),
    (
        "maintenance",
        "<html><body><div><h2>Thông báo</h2><p>Website đang trong quá trình nâng cấp, chuyển đổi hạ tầng. Kính mong quý độc giả thông cảm!</p></div></body></html>",
    ),
    (
        "maintenance",
        framed(
            "<h2>Chuyên trang đang được xây dựng</h2><p>Nội dung đang cập nhật, quý khách vui lòng quay lại sau.</p>",
            side=False,
        ),
    ),
    # login
    (
        "login",
        """<html><head><title>Sign In</title></head><body><div id="fullPage"><form method="post" id="loginForm"><div id="loginMessage">Sign in with your organizational account</div><input id="userNameInput" name="UserName" type="email"><input id="passwordInput" name="Password" type="password"><span id="submitButton">Sign in</span></form><div id="copyright">© 2018 Microsoft</div></div></body></html>""",
    ),
    (
        "login",
        """<html><head><title>Đăng nhập - VNConnect</title></head><body><h1>Cổng dịch vụ công quốc gia</h1><p>Đăng nhập bằng tài khoản định danh điện tử</p><form><input name="user"><input type="password" name="pw"><a href="/quen">Quên mật khẩu?</a><a href="/dk">Đăng ký</a></form></body></html>""",
    ),
    (
        "login",
        """<html><head><title>Login – Central Authentication Service</title></head><body><h2>Enter your Username and Password</h2><form id="fm1" action="/cas/login"><input id="username"><input type="password" id="password"></form><p>For security reasons, please Log Out and Exit your web browser when you are done.</p></body></html>""",
    ),
    (
        "login",
        framed(
            "<h2>Đăng nhập</h2><div>Bạn cần đăng nhập để xem nội dung này.</div><form>Tên truy cập <input name=u> Mật khẩu <input type=password name=p><button>Đăng nhập</button></form>",
            f"Đăng nhập - {SITE}",
        ),
    ),
    (
        "login",
        "<html><head><title>Error: Access denied</title></head><body><h1>Đăng nhập hệ thống</h1><div>Phiên làm việc của bạn đã hết hạn, vui lòng đăng nhập lại.</div><form><input type=password></form></body></html>",
    ),
    # errors
    (
        "error",
        """<html><head><title>Could not load file or assembly 'Telerik.Web.UI'</title></head><body bgcolor="white"><span><H1>Server Error in '/' Application.<hr width=100%></H1><h2><i>Could not load file or assembly 'Telerik.Web.UI' or one of its dependencies. The system cannot find the file specified.</i></h2></span><b> Description: </b>An unhandled exception occurred during the execution of the current web request. Please review the stack trace for more information about the error and where it originated in the code.<br><b> Exception Details: </b>System.IO.FileNotFoundException: Could not load file or assembly<br><b>Source Error:</b><br><table width=100% bgcolor="#ffffcc"><tr><td><code>An unhandled exception was generated during the execution of the current web request. Information regarding the origin and location of the exception can be identified using the exception stack trace below.</code></td></tr></table><b>Stack Trace:</b><table><tr><td><code><pre>[FileNotFoundException: Could not load file or assembly 'Telerik.Web.UI']
   System.RuntimeTypeHandle.GetTypeByName(String name, Boolean throwOnError, Boolean ignoreCase, Boolean reflectionOnly, StackCrawlMarkHandle stackMark, IntPtr pPrivHostBinder, Boolean loadTypeFromPartialName, ObjectHandleOnStack type) +0
   System.RuntimeTypeHandle.GetTypeByName(String name, Boolean throwOnError, Boolean ignoreCase, Boolean reflectionOnly, StackCrawlMark& stackMark) +96
   System.Web.Compilation.BuildManager.GetType(String typeName, Boolean throwOnError, Boolean ignoreCase) +138
</pre></code></td></tr></table><hr width=100%><b>Version Information:</b> Microsoft .NET Framework Version:4.0.30319; ASP.NET Version:4.7.3</body></html>""",
    ),
    (
        "error",
        """<html><head><title>Runtime Error</title></head><body><h1>Server Error in '/' Application.</h1><h2><i>Runtime Error</i></h2><b>Description: </b>An application error occurred on the server. The current custom error settings for this application prevent the details of the application error from being viewed remotely (for security reasons). It could, however, be viewed by browsers running on the local server machine.<br><b>Details:</b> To enable the details of this specific error message to be viewable on remote machines, please create a &lt;customErrors&gt; tag within a "web.config" configuration file located in the root directory of the current web application. This &lt;customErrors&gt; tag should then have its "mode" attribute set to "Off".<table><tr><td><pre>&lt;!-- Web.Config Configuration File --&gt; &lt;configuration&gt; &lt;system.web&gt; &lt;customErrors mode="Off"/&gt; &lt;/system.web&gt; &lt;/configuration&gt;</pre></td></tr></table><b>Notes:</b> The current error page you are seeing can be replaced by a custom error page by modifying the "defaultRedirect" attribute of the application's &lt;customErrors&gt; configuration tag to point to a custom error page URL.</body></html>""",
    ),
    (
        "error",
        """<html><head><title>500 - Internal server error.</title></head><body><div id="header"><h1>Server Error</h1></div><div id="content"><fieldset><h2>500 - Internal server error.</h2><h3>There is a problem with the resource you are looking for, and it cannot be displayed.</h3></fieldset></div></body></html>""",
    ),
    (
        "error",
        "<br /><b>Fatal error</b>:  Uncaught Error: Call to undefined function mysql_connect() in /home/web/public_html/config.php:12 Stack trace: #0 {main} thrown in <b>/home/web/public_html/config.php</b> on line <b>12</b><br />",
    ),
    (
        "error",
        "<html><body>You have an error in your SQL syntax; check the manual that corresponds to your MySQL server version for the right syntax to use near '' at line 1</body></html>",
    ),
    (
        "error",
        "<html><head><title>Database Error</title></head><body><h1>Error establishing a database connection</h1></body></html>",
    ),
    (
        "error",
        "<html><body>Warning: mysqli_connect(): (HY000/2002): Connection refused in /var/www/html/db.php on line 5<br>Failed to connect to MySQL: Connection refused</body></html>",
    ),
    ("error", framed("<div class='portlet-msg-error'>Tin tức tạm thời không có sẵn.</div>", side=False)),
    ("error", framed("<div class='alert alert-danger'>Asset Publisher is temporarily unavailable.</div>", side=False)),
    (
        "error",
        "<html><head><title>Welcome to nginx!</title></head><body><h1>Welcome to nginx!</h1><p>If you see this page, the nginx web server is successfully installed and working. Further configuration is required.</p><p>For online documentation and support please refer to <a href='http://nginx.org/'>nginx.org</a>.<br/>Commercial support is available at <a href='http://nginx.com/'>nginx.com</a>.</p><p><em>Thank you for using nginx.</em></p></body></html>",
    ),
    (
        "error",
        "<html><head><title>IIS Windows Server</title></head><body><div id='container'><a href='http://go.microsoft.com/fwlink/?linkid=66138'><img src='iis-85.png' alt='IIS'></a></div></body></html>",
    ),
    (
        "error",
        "<html><head><title>Apache2 Ubuntu Default Page: It works</title></head><body><div><span>Apache2 Ubuntu Default Page</span><div>It works!</div><p>This is the default welcome page used to test the correct operation of the Apache2 server after installation on Ubuntu systems. It is based on the equivalent page on Debian, from which the Ubuntu Apache packaging is derived. If you can read this page, it means that the Apache HTTP server installed at this site is working properly. You should replace this file (located at /var/www/html/index.html) before continuing to operate your HTTP server.</p><p>If you are a normal user of this web site and don't know what this page is about, this probably means that the site is currently unavailable due to maintenance. If the problem persists, please contact the site's administrator.</p></div></body></html>",
    ),
    (
        "error",
        "<html><head><title>Index of /uploads</title></head><body><h1>Index of /uploads</h1><table><tr><th><a href='?C=N;O=D'>Name</a></th><th>Last modified</th><th>Size</th></tr><tr><td><a href='/'>Parent Directory</a></td><td></td><td>-</td></tr><tr><td><a href='bao-cao-2025.pdf'>bao-cao-2025.pdf</a></td><td>2025-11-02 08:11</td><td>1.2M</td></tr><tr><td><a href='ke-hoach.pdf'>ke-hoach.pdf</a></td><td>2025-10-02 08:11</td><td>220K</td></tr><tr><td><a href='anh/'>anh/</a></td><td>2025-10-02 08:11</td><td>-</td></tr></table><address>Apache/2.4.41 (Ubuntu) Server at thanhbinh.gov.vn Port 80</address></body></html>",
    ),
    (
        "error",
        "<html><head><title>thanhbinh.vn</title></head><body><h1>thanhbinh.vn</h1><p>This domain is for sale! Buy this domain.</p><p>Related searches</p><ul><li><a href='/s?q=1'>Online Banking</a></li><li><a href='/s?q=2'>Cheap Flights</a></li><li><a href='/s?q=3'>Car Insurance</a></li></ul><p>This webpage was generated by the domain owner using Sedo Domain Parking. Disclaimer: Sedo maintains no relationship with third party advertisers.</p></body></html>",
    ),
    (
        "error",
        "<html><head><title>Tên miền đã hết hạn</title></head><body><h2>Tên miền này đã hết hạn sử dụng</h2><p>Vui lòng liên hệ nhà đăng ký để gia hạn tên miền.</p></body></html>",
    ),
    (
        "error",
        "<html><head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad Gateway</h1></center><hr><center>nginx/1.18.0</center></body></html>",
    ),
    (
        "error",
        "<html><head><title>HTTP Status 500 – Internal Server Error</title></head><body><h1>HTTP Status 500 – Internal Server Error</h1><hr/><p><b>Type</b> Exception Report</p><p><b>Message</b> java.lang.NullPointerException</p><p><b>Description</b> The server encountered an unexpected condition that prevented it from fulfilling the request.</p><pre>org.apache.jasper.JasperException: java.lang.NullPointerException&#10; org.apache.jasper.servlet.JspServletWrapper.handleJspException(JspServletWrapper.java:549)</pre><h3>Apache Tomcat/8.5.31</h3></body></html>",
    ),
    (
        "error",
        "<html><head><title>Account Suspended</title></head><body><h1>Account Suspended</h1><p>This Account has been suspended.</p><p>Contact your hosting provider for more information.</p></body></html>",
    ),
    (
        "error",
        """<html><head><title>Error</title></head><body><div id="s4-workspace"><h1>Sorry, something went wrong</h1><div>The server was unable to save the form at this time. Please try again.</div><div>TECHNICAL DETAILS</div><div>Troubleshoot issues with Microsoft SharePoint Foundation.</div><div>Correlation ID: 7f3e</div><div>Date and Time: 11/23/2025 9:00:12 AM</div><a href="/">GO BACK TO SITE</a></div></body></html>""",
    ),
    # soft 404
    (
        "soft404",
        framed(
            "<h3>Trạng thái</h3><div class='portlet-msg-error'>Không tìm thấy</div><p>Tài nguyên yêu cầu không tìm thấy.</p><code>http://thanhbinh.gov.vn/x</code>",
            f"Trạng thái - {SITE}",
            head="<link rel='canonical' href='https://thanhbinh.gov.vn/'>",
        ),
    ),
    (
        "soft404",
        framed(
            "<div class='error404'><h1>404</h1><p>Rất tiếc! Trang bạn tìm kiếm không tồn tại.</p><a href='/'>Về trang chủ</a></div>",
            f"404 - {SITE}",
        ),
    ),
    ("soft404", framed("<p>Bài viết này không tồn tại hoặc đã bị xóa.</p>")),
    (
        "soft404",
        framed(
            "<h1>Oops! That page can’t be found.</h1><p>It looks like nothing was found at this location. Maybe try a search?</p>",
            f"Page not found - {SITE}",
        ),
    ),
    ("soft404", framed("<div>Không tìm thấy dữ liệu</div>")),
    ("soft404", framed("<div class='detail'>Tin bài bạn yêu cầu hiện không có hoặc đã được gỡ bỏ</div>")),
    (
        "soft404",
        framed(
            "<h2>Thông báo</h2><p>Đường dẫn không hợp lệ hoặc nội dung đã bị xóa. Bạn sẽ được chuyển về trang chủ sau 5 giây.</p>"
        ),
    ),
    (
        "soft404",
        "<html><head><title>404 Not Found</title></head><body><center><h1>404 Not Found</h1></center><hr><center>nginx</center></body></html>",
    ),
    (
        "soft404",
        "<html><head><title>404 - File or directory not found.</title></head><body><h1>Server Error</h1><h2>404 - File or directory not found.</h2><h3>The resource you are looking for might have been removed, had its name changed, or is temporarily unavailable.</h3></body></html>",
    ),
    (
        "soft404",
        framed(
            "<h1>Xin lỗi, chúng tôi không tìm thấy trang mà bạn yêu cầu!</h1><p>Có thể liên kết đã hỏng hoặc trang đã bị gỡ.</p>"
        ),
    ),
    (
        "challenge",
        "<html><head><title>Please Wait... | Cloudflare</title></head><body><h1>Please complete the security check to access thanhbinh.gov.vn</h1><div class='cf-captcha'></div></body></html>",
    ),
    (
        "challenge",
        "<html><head><title>403 Forbidden</title></head><body><h1>Forbidden</h1><p>Request forbidden by administrative rules (WAF).</p></body></html>",
    ),
    (
        "challenge",
        "<html><body onload=\"document.cookie='sec=1; path=/'; window.location.href=window.location.href\"></body></html>",
    ),
    (
        "challenge",
        "<html><head><meta charset=utf-8><title>BKAV WAF</title></head><body><h2>Yêu cầu của bạn đã bị từ chối do vi phạm chính sách an toàn thông tin</h2><p>ID: 7712-22</p></body></html>",
    ),
    (
        "challenge",
        "<html><head><title>Sucuri WebSite Firewall - Access Denied</title></head><body><h1>Access Denied - Sucuri Website Firewall</h1><p>Block reason: Access from your Country was disabled by the administrator.</p></body></html>",
    ),
    (
        "challenge",
        "<html><head><title>Kiểm tra bảo mật</title></head><body><p>Đang kiểm tra trình duyệt của bạn trước khi truy cập, vui lòng chờ trong giây lát...</p></body></html>",
    ),
    (
        "maintenance",
        "<html><head><title>Cổng TTĐT</title></head><body><img src=a.jpg><p>Cổng thông tin điện tử tạm dừng hoạt động để chuyển đổi sang hệ thống mới.</p></body></html>",
    ),
    (
        "maintenance",
        "<html><head><title>We'll be back soon!</title></head><body><h1>We&rsquo;ll be back soon!</h1><p>Sorry for the inconvenience but we&rsquo;re performing some maintenance at the moment.</p></body></html>",
    ),
    (
        "maintenance",
        "<html><head><title>Website Under Construction</title></head><body><h1>Website đang xây dựng</h1></body></html>",
    ),
    (
        "maintenance",
        "<html><body><center><h3>HỆ THỐNG ĐANG BẢO TRÌ, NÂNG CẤP</h3><p>Thời gian: từ 18h00 ngày 20/11/2025 đến 06h00 ngày 21/11/2025</p><p>Trân trọng!</p></center></body></html>",
    ),
    (
        "login",
        "<html><head><title>Sign in to your account</title></head><body><form><div>Sign in</div><input type=email name=loginfmt><input type=password name=passwd><a href='#'>Can't access your account?</a></form></body></html>",
    ),
    (
        "login",
        framed(
            "<h3>Đăng nhập hệ thống</h3><form><label>Tài khoản</label><input><label>Mật khẩu</label><input type=password></form>",
            f"Đăng nhập hệ thống | {SITE}",
            side=False,
        ),
    ),
    (
        "login",
        "<html><head><title>Trang đăng nhập</title></head><body><form>Tên đăng nhập<input name=a>Mật khẩu<input type=password><input type=submit value='Đăng nhập'></form></body></html>",
    ),
    (
        "error",
        "<html><head><title>IIS 10.0 Detailed Error - 500.19 - Internal Server Error</title></head><body><div id='content'><h2>HTTP Error 500.19 - Internal Server Error</h2><h4>The requested page cannot be accessed because the related configuration data for the page is invalid.</h4><h3>Most likely causes:</h3><ul><li>The worker process is unable to read the applicationhost.config or web.config file.</li><li>There is malformed XML in the applicationhost.config or web.config file.</li></ul></div></body></html>",
    ),
    (
        "error",
        "<html><body><h1>Whoops, looks like something went wrong.</h1><h2>1/1 QueryException in Connection.php line 647: SQLSTATE[HY000] [2002] Connection refused</h2></body></html>",
    ),
    (
        "error",
        "<html><head><title>Application Error</title></head><body>An error occurred in the application and your page could not be served.</body></html>",
    ),
    ("error", framed("<p>Đã có lỗi xảy ra trong quá trình xử lý. Vui lòng thử lại sau.</p>", side=False)),
    ("error", framed("<div class='portlet-msg-error'>Hiển thị nội dung Web tạm thời không khả dụng.</div>")),
    (
        "error",
        "<html><head><title>Apache Tomcat/9.0.31</title></head><body><h1>Apache Tomcat/9.0.31</h1><p>If you're seeing this, you've successfully installed Tomcat. Congratulations!</p></body></html>",
    ),
    ("error", "ORA-12541: TNS:no listener"),
    ("error", "<html><body><h1>It works!</h1></body></html>"),
    (
        "error",
        "<html><head><title>tinhthanhbinh.com - This website is for sale! - tinhthanhbinh Resources</title></head><body><p>This website is for sale!</p><ul><li>Insurance</li></ul></body></html>",
    ),
    (
        "soft404",
        framed(
            "<h2>Không tìm thấy trang</h2><p>Trang quý vị truy cập không tồn tại trên hệ thống.</p>",
            f"Không tìm thấy trang - {SITE}",
        ),
    ),
    ("soft404", framed("<div id='msg'>Nội dung không tồn tại!</div>", f"Chi tiết tin - {SITE}")),
    ("soft404", framed("<p>Tin tức không tồn tại hoặc bạn không có quyền xem.</p>", f"Tin tức - {SITE}")),
    (
        "soft404",
        "<html><head><title>Lỗi: Trang không tồn tại</title></head><body><h1>Lỗi 404</h1><p>Địa chỉ bạn truy cập không đúng.</p><p>Tự động chuyển về trang chủ.</p></body></html>",
    ),
    ("soft404", framed("<h1>Không tìm thấy kết quả</h1><p>Bài viết đã bị gỡ bỏ.</p>")),
    (
        "soft404",
        framed(
            "<h1>This page does not exist</h1><p>The URL you requested could not be found.</p>", f"Error 404 - {SITE}"
        ),
    ),
)
LONG = " Sự việc được cơ quan chức năng tiếp nhận từ chiều hôm trước; đến nay các đơn vị đã phối hợp xử lý và sẽ thông báo kết quả tới người dân trong thời gian sớm nhất theo quy định."
ARTICLES: tuple[tuple[str, str], ...] = (
    (
        'Hacker tấn công website: lỗi "Server Error in / Application" xuất hiện trên nhiều cổng',
        "Sáng 12/8, nhiều người dân truy cập cổng thông tin gặp dòng chữ Runtime Error." + LONG,
    ),
    (
        'Cloudflare gặp sự cố, hàng loạt trang báo hiện "Just a moment"',
        'Chiều 18/11, người dùng trong nước gặp trang kiểm tra trình duyệt "Checking your browser".' + LONG,
    ),
    (
        "Bảo trì hệ thống đăng ký kinh doanh từ ngày 15/8",
        "Cục thông báo tạm ngừng hệ thống để bảo trì, nâng cấp từ 20h ngày 15/8/2025.",
    ),
    (
        "Thông báo nâng cấp Cổng dịch vụ công tỉnh",
        "Hệ thống tạm dừng từ 0h đến 5h ngày 20/10/2025 để nâng cấp. Trân trọng thông báo.",
    ),
    (
        "Hướng dẫn đăng nhập hệ thống quản lý văn bản bằng VNeID",
        "Cán bộ đăng nhập vào hệ thống, chọn mục tài khoản, nhập mật khẩu và mã OTP." + LONG,
    ),
    (
        "Không tìm thấy bài viết gốc, báo nước ngoài đính chính thông tin về Việt Nam",
        "Tòa soạn cho biết trang không tồn tại là do lỗi đường dẫn." + LONG,
    ),
    (
        "Cảnh báo lỗi 404 giả mạo để lừa đảo người dùng ngân hàng",
        'Công an tỉnh cảnh báo thủ đoạn dẫn người dùng vào trang "404 Not Found" giả.' + LONG,
    ),
    (
        "Truy cập trái phép bị chặn: tỉnh vận hành tường lửa ứng dụng web",
        "Hệ thống WAF đã chặn 12.000 yêu cầu bị từ chối trong tháng." + LONG,
    ),
    (
        "Khắc phục sự cố cơ sở dữ liệu hộ tịch",
        "Lỗi cơ sở dữ liệu đã xảy ra tại 3 huyện. Đến 9h sáng nay, hệ thống hoạt động bình thường.",
    ),
    (
        "Tên miền .vn hết hạn: quy định mới về thu hồi",
        "VNNIC cho biết tên miền này đã hết hạn sẽ bị thu hồi sau 35 ngày." + LONG,
    ),
    (
        "Tạm ngừng cấp điện để sửa chữa, bảo trì lưới điện tại 5 phường",
        "Công ty Điện lực thông báo lịch tạm ngừng cấp điện ngày 12/8.",
    ),
    (
        "Công bố đường dây nóng tiếp nhận phản ánh về lỗi hệ thống đăng ký dự thi",
        "Bộ đề nghị thí sinh gặp lỗi hệ thống gọi ngay." + LONG,
    ),
    (
        "Vì sao người dân không đăng nhập được VNeID sáng nay?",
        "Hệ thống quá tải khiến nhiều người không đăng nhập được.",
    ),
    (
        "Tài liệu không còn phù hợp: đề nghị bãi bỏ 12 văn bản",
        "Nội dung không còn phù hợp với Luật mới cần bãi bỏ." + LONG,
    ),
    (
        "Tìm kiếm nạn nhân mất tích: chưa tìm thấy thông tin",
        "Đến chiều 5/8, không tìm thấy thông tin về hai thuyền viên.",
    ),
    ("Họp bàn nâng cấp hệ thống một cửa điện tử", "Sở chủ trì cuộc họp; hệ thống đang được nâng cấp theo Kế hoạch."),
    ("Cầu Sông Lam đang bảo trì, phương tiện lưu thông chậm", "Xin quý khách chú ý biển báo khi qua cầu."),
)


def stamped(title: str, text: str) -> tuple[str, ...]:
    """An article in two frames, with its date."""
    return (
        framed(f"<h1>{title}</h1><div>Ngày đăng: 12/08/2025</div><p>{text}</p>", f"{title} - {SITE}"),
        f"<html><head><title>{title}</title></head><body>{MENU}<div class='x'>{title}</div><p>12/08/2025 09:15</p><p>{text}</p>{FOOT}</body></html>",
        framed(
            f"<h2 class='title'>{title}</h2><p class='date'>08:15 | 12/08/2025</p><p>{text}</p>", f"{title} | {SITE}"
        ),
    )
