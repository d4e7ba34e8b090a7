//! The words furniture is known by. ASCII ones are compared in any case, and are written here in small letters.

use super::phrases::{Words, words};

words! {
    /// Said by no article of itself, whatever the length.
    LEGAL =
        "all rights reserved", "we use cookies", "uses cookies to", "may not be published, broadcast",
        "for personal, non-commercial use", "may contain affiliate", "registered trademark of",
        "unsubscribe at any time", "see our privacy", "to our privacy", "updated our privacy policy",
        "updated privacy policy", "requires javascript", "media playback is unsupported", "logged in to post",
        "enable javascript", "cancel reply", "for the next time i comment", "your email address will not",
        "不得转载", "您使用的浏览器", "网站地图", "جميع الحقوق محفوظة", "this site uses cookies",
        "this site uses akismet", "this website uses cookies", "protected by recaptcha", "未经授权不得",
        "未经授权，不得", "未经授权禁止", "未经授权，禁止",
}

words! {
    /// The same where there is little else in the paragraph.
    POLICY =
        "privacy policy", "privacy rights", "cookie policy", "cookies policy", "terms of use",
        "terms of service", "terms and conditions", "powered by disqus", "powered by wordpress",
        "subscriber agreement", "ad choices", "discount code", "our newsletter", "our daily newsletter",
        "免责声明", "法律声明", "icp备", "京公网安备", "use of cookies", "版权所有",
}

words! {
    /// Labels: what follows is behind a colon, or nothing does.
    LABELS =
        "author", "authors", "by", "byline", "category", "categories", "contact", "copyright", "credit",
        "credits", "download", "edited by", "editing by", "editor", "editors", "file photo", "filed to",
        "filed under", "follow", "image", "image caption", "image credit", "image source", "images",
        "keywords", "last modified", "last updated", "listen", "main image credit", "see more", "next post",
        "news source", "photo", "photo by", "photo credit", "photo source", "photographer", "photos",
        "picture", "posted in", "previous post", "print", "proofreader", "published", "read also",
        "read more", "related", "reported by", "reporter", "reporters", "reporting by", "researched by",
        "responsible editor", "see also", "share", "share on", "share this", "share to", "source", "sources",
        "tag", "tags", "updated", "views", "web editor", "writing by", "来源", "作者", "编辑", "责编",
        "责任编辑", "责任校对", "校对", "审核", "监制", "记者", "通讯员", "原标题", "关键词", "标签", "分享",
        "分享到", "相关阅读", "相关新闻", "相关链接", "延伸阅读", "推荐阅读", "上一篇", "下一篇", "发布时间",
        "图片来源", "图源", "文章来源", "本文来源", "稿源", "字号", "浏览次数", "点击数", "阅读量",
        "当前位置", "您的位置", "您当前的位置", "你的位置", "المصدر", "بقلم", "تحرير", "الكاتب", "الوسوم",
        "from", "to", "cc", "subject", "sent", "date", "reply-to", "发件人", "收件人", "发送时间", "text",
        "texte", "texto", "photographs", "reading time", "文", "文字", "采写", "受访者", "点击上方蓝字",
        "点击蓝字", "阅读原文", "写留言", "本报记者", "原创",
}

words! {
    /// The whole of a line; before a colon they begin headlines.
    NOTES =
        "press release", "opinion", "comment", "contents", "end", "ends", "the end", "exclusive",
        "today's topics", "in this issue", "notes to editors", "pressemitteilung", "nota de prensa",
}

words! {
    /// Beginnings of what a page asks of its visitors; they go on.
    CALLS =
        "an error has occurred", "an error occurred", "article continues", "click here", "click to",
        "comments are closed", "continue reading", "copyright ©", "create a new password", "do not sell",
        "enter your", "filed under", "follow us", "forgot your", "image caption", "image copyright",
        "join our", "join the conversation", "leave a comment", "leave a reply", "like this article",
        "load more", "log in", "more from", "more stories", "please enter", "please try again", "read more",
        "read next", "save my name", "see all", "see also", "send to email", "share this", "show more",
        "sign in", "sign up for", "sign up to", "skip to", "story continues", "subscribe now", "subscribe to",
        "support our journalism", "thank you for reading", "thank you for subscribing",
        "thanks for signing up", "there was an error", "this article has been sent", "view all",
        "view comments", "write to us", "you may also like", "you might also like", "your browser",
        "your email", "اقرأ أيضا", "اقرأ المزيد", "sent from my",
}

words! {
    /// Calls and names of parts that say no more.
    WHOLE =
        "about us", "accept", "advertisement", "back to top", "breaking news", "close", "comments",
        "contact us", "editor's picks", "editors' picks", "expand", "font size", "home", "latest",
        "latest news", "latest posts", "latest stories", "load more", "loading", "main menu", "menu", "more",
        "more news", "most popular", "most read", "most viewed", "news", "next", "next post", "no comments",
        "popular posts", "popular stories", "previous", "previous post", "print", "recent comments",
        "recent posts", "recommended", "recommended for you", "related", "related articles",
        "related content", "related links", "related news", "related posts", "related reading",
        "related stories", "related topics", "related videos", "search", "see more", "share", "sponsored",
        "sponsored content", "submit", "subscribe", "tags", "top news", "top stories", "trending",
        "trending now", "view more", "what to read next", "newsletter", "sign up", "read online", "image",
        "advertise with us", "all rights reserved", "partager", "lire aussi", "publicité", "compartir",
        "leer más", "publicidad", "teilen", "mehr zum thema", "anzeige", "相关阅读", "相关新闻", "相关链接",
        "相关文章", "延伸阅读", "推荐阅读", "热门推荐", "热门文章", "热门新闻", "猜你喜欢", "分享", "分享到", "返回顶部", "返回首页", "首页",
        "上一篇", "下一篇", "打印", "打印本页", "关闭窗口", "登录", "注册", "收藏", "举报", "评论",
        "发表评论", "暂无评论", "网友评论", "加载更多", "查看更多", "点击查看更多", "阅读全文", "展开全文",
        "继续浏览", "广告", "联系我们", "关于我们", "设为首页", "加入收藏", "扫一扫", "更多", "مشاركة",
        "شارك", "الرئيسية", "مواضيع ذات صلة", "اقرأ أيضا",
}

words! {
    /// Words of a page's frame that no sentence is made of.
    TELLING =
        "comment", "comments", "cookie", "cookies", "copyright", "disqus", "email", "faq", "facebook",
        "instagram", "linkedin", "login", "logout", "messenger", "newsletter", "newsletters", "password",
        "pinterest", "print", "privacy", "reddit", "rss", "share", "shares", "sitemap", "subscribe",
        "telegram", "tweet", "twitter", "unsubscribe", "wechat", "weibo", "whatsapp", "youtube",
}

words! {
    /// Words that stand beside these on buttons.
    FRAME =
        "a", "about", "accept", "account", "ad", "ads", "add", "advertise", "agree", "all", "an", "and",
        "app", "article", "back", "by", "cancel", "center", "choices", "click", "close", "conditions",
        "contact", "content", "continue", "copy", "daily", "dropdown", "e", "editions", "feed", "follow",
        "for", "free", "from", "get", "help", "here", "home", "i", "in", "join", "learn", "leave", "legal",
        "like", "link", "list", "loading", "log", "mail", "main", "manage", "map", "menu", "more", "my", "no",
        "notice", "of", "on", "or", "our", "out", "page", "policy", "post", "posts", "preferences", "read",
        "register", "reply", "reprints", "rights", "s", "save", "search", "see", "send", "service",
        "settings", "share", "show", "sign", "site", "skip", "statement", "story", "submit", "terms", "the",
        "this", "to", "top", "up", "us", "use", "via", "view", "views", "with", "x", "your",
}

words! {
    /// Words of dates and times, months and numbers aside.
    CLOCK =
        "am", "pm", "et", "at", "on", "by", "mon", "tue", "wed", "thu", "fri", "sat", "sun", "a.m", "p.m",
        "est", "edt", "gmt", "utc", "bst", "ist", "pst", "cst", "ago", "day", "min", "tues", "thur",
        "last", "hour", "days", "mins", "read", "date", "time", "thurs", "hours", "monday", "friday",
        "sunday", "posted", "minute", "tuesday", "updated", "minutes", "created", "thursday", "saturday",
        "modified", "original", "wednesday", "published", "originally",
}

words! {
    /// What a trail of breadcrumbs begins with.
    ROOTS =
        "home", "homepage", "you are here", "position", "首页", "当前位置", "您的位置", "الرئيسية",
}

words! {
    /// What a caption begins with.
    CAPTIONS =
        "a drone photo", "a stock image of", "aerial photo", "an aerial drone photo", "an aerial photo",
        "combo photo", "file photo", "photo shows", "photo taken", "photos show", "this aerial photo",
        "this file photo", "this photo shows", "this photo taken", "this undated photo",
        "this combination of", "this image provided", "this photo provided", "图为", "资料图", "photo:",
        "photos:", "image:", "picture:", "image caption", "image source", "file photo:",
}

words! {
    /// What ends a caption, or a line above an article.
    ENDINGS =
        "getty images", "/afp", "/ap", "/reuters", "ap photo", "shutterstock", "file photo", "/xinhua",
        "min read", "check against delivery", "for immediate release", "istock", "unsplash", "via ap",
        "via getty", "供图", "资料图",
}

words! {
    /// What names the maker of a picture in a short text.
    NAMED =
        "photograph by", "photo by", "photo courtesy of", "(photo", "photo: ", "foto: ", "photograph: ", "picture: ",
}

words! {
    /// What names the maker of a picture, in brackets.
    CREDITS =
        "photo by", "photo/", "ap photo", "photograph by", "photography by", "photo courtesy", "photo credit",
        "photo:", "image:", "image credit", "xinhua/", "credit:", "courtesy of", "getty images", "afp/",
        "picture:",
}

words! {
    /// The months, which may be cut to three letters.
    MONTHS =
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec", "june", "july",
        "sept", "march", "april", "august", "january", "october", "february", "november", "december",
        "september",
}

words! {
    /// What stands above links to other articles.
    LINKS =
        "related reading", "related articles", "related stories", "related news", "related posts", "related links",
        "recommended reading", "most read", "read also", "also read", "you may also like", "you might also like",
}

words! {
    /// Words of the grammars of English, French, Spanish, German and Italian.
    GRAMMAR =
        "a", "y", "of", "in", "to", "is", "as", "at", "on", "by", "it", "he", "we", "or", "if", "an", "be",
        "my", "de", "la", "le", "es", "un", "du", "au", "et", "el", "en", "zu", "di", "the", "and", "for",
        "was", "are", "but", "has", "not", "you", "had", "who", "his", "her", "our", "its", "out", "all",
        "one", "can", "she", "any", "les", "des", "une", "par", "que", "los", "del", "con", "der", "die",
        "das", "und", "mit", "den", "von", "that", "with", "this", "from", "will", "have", "been", "were",
        "into", "than", "said", "they", "what", "when", "thei", "rmor", "emos", "tove", "raft", "erab",
        "outa", "lso",
}

words! {
    /// Said to a reader, or by who owns the page.
    ADDRESSED = "our ", "your ", "you ", "we ", "please ",
}

words! {
    /// The names of the fields that matter in the head of a mail, or of a note.
    FIELDS =
        "from", "to", "cc", "date", "sent", "subject", "reply-to", "von", "an", "datum", "gesendet",
        "betreff", "de", "à", "envoyé", "objet", "para", "fecha", "enviado", "asunto", "da", "oggetto",
        "status", "created", "tags", "owner",
        "发件人", "收件人", "发送时间", "主题", "日期", "抄送", "寄件者", "收件者", "主旨", "差出人", "宛先", "件名", "日時", "من", "إلى",
        "التاريخ", "الموضوع",
}

words! {
    /// What may stand between the names of a byline.
    PARTICLES = "and", "for", "of", "in", "at", "on", "de", "van", "von", "la", "-", "–", "—", "&",
}

words! {
    /// What ends a byline without its "by".
    TRADES = "writer", "reporter", "correspondent", "contributor", "photographer",
}

words! {
    /// What a street or a telephone is called in the line that has its number.
    CONTACTS =
        "street", "st", "road", "rd", "lane", "avenue", "square", "way", "row", "place", "hill", "court", "yard",
        "close", "terrace", "quay", "box", "telephone", "tel", "phone", "fax", "rue", "calle",
}
