/** The page around the messages: channels beside them, above them on a phone. */
export const PAGE_STYLE = `
html{scroll-behavior:smooth;scroll-padding-top:12px}
@media (prefers-reduced-motion:reduce){html{scroll-behavior:auto}}
.skip{position:absolute;left:-999px;z-index:3;padding:8px 16px;background:var(--paper)}
.skip:focus{left:8px;top:8px}
.layout{display:grid;grid-template-columns:248px minmax(0,1fr);min-height:100vh}
nav{position:sticky;top:0;height:100vh;overflow:auto;padding:18px 10px;background:#3a1740;color:#e6dce8}
.workspace{margin:0 10px 14px;color:#fff;font-size:19px;font-weight:800}
.workspace span{display:block;margin-top:14px;color:#cbb9cf;font-size:12px;font-weight:600}
nav ul{margin:0;padding:0;list-style:none}
nav a{display:flex;justify-content:space-between;gap:8px;padding:5px 10px;border-radius:6px;color:#fff;font-weight:700}
nav a:hover{background:#53265b;text-decoration:none}
nav a:focus-visible{outline-color:#fff}
nav a.quiet{color:#cbb9cf;font-weight:400}
nav i,h2 i{margin-right:5px;font-style:normal;font-weight:400;opacity:.7}
.count{flex:none;min-width:24px;padding:0 7px;border-radius:10px;background:#53265b;font-size:12px;line-height:20px;text-align:center;align-self:center}
.quiet .count{background:none}
.apart{margin-top:14px;padding-top:14px;border-top:1px solid #5b3562}
main{min-width:0;padding:0 28px 40px}
.top{max-width:1040px;padding:30px 0 8px}
.top h1{margin:0;font-size:27px;line-height:1.25;font-weight:800;text-wrap:balance}
.top p{margin:6px 0 0;max-width:88ch;color:var(--soft);font-size:16px}
.figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(150px,1fr));gap:12px;margin:20px 0 0}
.figures div{display:flex;flex-direction:column;padding:12px 16px;border:1px solid var(--line);border-radius:12px;background:var(--paper)}
.figures dt{order:2;font-weight:600}
.figures dd{display:contents}
.figures strong{order:1;font-size:28px;line-height:1.2;font-weight:800;font-variant-numeric:tabular-nums}
.figures span{order:3;color:var(--soft);font-size:13px}
.channel,.outcomes{max-width:1040px;margin-top:24px;border:1px solid var(--line);border-radius:12px;background:var(--paper)}
.channel>header,.outcomes>header{padding:13px 20px;border-bottom:1px solid var(--line)}
h2{margin:0;font-size:18px;line-height:1.3;font-weight:800}
.channel>header p{margin:1px 0 0;color:var(--soft);font-size:13px}
.channel>div{padding:4px 0 12px}
.none{margin:0;padding:16px 20px;color:var(--soft)}
.day{display:flex;align-items:center;gap:10px;margin:12px 20px 4px;color:var(--soft);font-size:13px;font-weight:700}
.day::before,.day::after{content:"";flex:1;border-top:1px solid var(--line)}
.message:not(.reply){margin-top:6px}
.message:not(.reply):hover{background:var(--hover)}
.thread{margin-top:10px;border-left:2px solid var(--line);padding-left:12px}
.thread summary{width:fit-content;padding:2px 6px;margin-left:-6px;border-radius:6px;color:var(--link);font-size:13px;font-weight:700;cursor:pointer}
.reply{padding:8px 10px;margin-top:4px;border-radius:8px}
.reply .avatar{width:24px;height:24px}
table{width:100%;table-layout:fixed;border-collapse:collapse;font-size:14px;line-height:1.4}
th{padding:8px 12px;color:var(--soft);font-size:12px;font-weight:600;text-align:left}
td{padding:10px 12px;border-top:1px solid var(--line);vertical-align:top}
th:first-child,td:first-child{padding-left:20px}
th:last-child,td:last-child{padding-right:20px;width:25%}
th:nth-child(1){width:33%}th:nth-child(2){width:104px}th:nth-child(4){width:124px}
.finding b{font-weight:600}
td small{display:block;color:var(--soft);font-size:12px}
.severity,.outcome{display:inline-block;padding:0 8px;border-radius:10px;background:var(--chip);font-size:12px;font-weight:700;line-height:20px;white-space:nowrap}
.severity.critical{background:#c01343;color:#fff}
.severity.high{background:#bf4f0d;color:#fff}
.severity.medium{background:#f2c744;color:#3b2f00}
.outcome.told{background:var(--go);color:var(--go-ink)}
.outcome.bad{background:#c01343;color:#fff}
.receivers{margin:0;padding:0;list-style:none}
footer{max-width:1040px;margin-top:24px;color:var(--soft);font-size:13px}
@media (max-width:760px){
.layout{display:block}
nav{z-index:2;height:auto;padding:8px 0}
.workspace{display:none}
.apart{margin:0;padding:0;border:0}
nav ul{display:flex;gap:2px;overflow-x:auto;padding:0 8px;scrollbar-width:none}
nav a{white-space:nowrap;padding:5px 9px}
html{scroll-padding-top:58px}
main{padding:0 0 28px}
.top{padding:20px 16px 4px}
.top h1{font-size:22px}
.figures{grid-template-columns:1fr 1fr;gap:8px}
.figures div{padding:10px 12px}
.figures strong{font-size:23px}
.channel,.outcomes{margin-top:16px;border-width:1px 0;border-radius:0}
.channel>header,.outcomes>header{padding:12px 16px}
.day{margin-inline:16px}
.none{padding-inline:16px}
.message{padding:8px 12px}
h3{font-size:17px}
.thread{margin-left:-44px}
table,tbody,tr,td{display:block}
thead{position:absolute;clip-path:inset(50%)}
tr{padding:10px 16px;border-top:1px solid var(--line)}
tbody tr:first-child{border-top:0}
td,td:first-child,td:last-child{display:grid;grid-template-columns:92px minmax(0,1fr);gap:8px;width:auto;padding:3px 0;border:0}
td::before{content:attr(data-label);color:var(--soft);font-size:13px}
.finding{display:block!important}
.finding::before{display:none}
td>.severity{justify-self:start}
footer{padding:0 16px}
}
@media print{nav{display:none}.layout{display:block}.message{break-inside:avoid}}
`;
