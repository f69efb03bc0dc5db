/** The page of an audit: beside the contents on a screen, without them on paper. */
export const AUDIT_STYLE = `
html{scroll-behavior:smooth;scroll-padding-top:12px}
@media (prefers-reduced-motion:reduce){html{scroll-behavior:auto}}
.skip{position:absolute;left:-999px;z-index:3;padding:8px 16px;background:var(--paper)}
.skip:focus{left:8px;top:8px}
.layout{display:grid;grid-template-columns:248px minmax(0,1fr);min-height:100vh}
nav.contents{position:sticky;top:0;height:100vh;overflow:auto;padding:18px 14px;border-right:1px solid var(--line);background:var(--paper);font-size:14px}
nav.contents ol,nav.contents ul{margin:0 0 14px;padding:0;list-style:none}
nav.contents p{margin:0 0 4px;color:var(--soft);font-size:12px;font-weight:700}
nav.contents a{display:block;padding:3px 6px;border-radius:6px}
main{min-width:0;max-width:1240px;padding:0 28px 40px}
h1{margin:0;padding-top:28px;font-size:27px;line-height:1.25}
h2{margin:40px 0 8px;font-size:20px;line-height:1.3}
h3{margin:22px 0 6px;font-size:16px;line-height:1.35}
.about{max-width:88ch;margin:6px 0 0;color:var(--soft)}
.question{margin-top:14px;padding:14px 18px;border:1px solid var(--line);border-left:5px solid var(--go);border-radius:10px;background:var(--paper)}
.question.wrong{border-left-color:var(--bad)}
.question.open{border-left-color:var(--line)}
.question h3{margin:0 0 4px}
.question p{margin:0;max-width:96ch}
.question p+p{margin-top:6px;color:var(--soft);font-size:14px}
main a{text-decoration:underline;text-underline-offset:2px;text-decoration-thickness:1px}
code{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;font-size:.92em}
.tablebox{margin:6px 0 18px;border:1px solid var(--line);border-radius:10px;background:var(--paper);overflow:hidden}
table{width:100%;border-collapse:collapse;font-size:13.5px;line-height:1.42}
caption{padding:9px 14px;font-weight:700;text-align:left}
th{padding:7px 10px;color:var(--soft);font-size:12px;font-weight:600;text-align:left;vertical-align:bottom}
td{padding:8px 10px;border-top:1px solid var(--line);vertical-align:top}
th:first-child,td:first-child{padding-left:14px}
td{min-width:4.4em}
td:first-child{min-width:10em;font-weight:600}
.flow{display:grid;grid-template-columns:1fr auto 1.25fr auto 1fr;gap:10px;align-items:center;margin:18px 0 8px;padding:0;list-style:none}
.flow>li{display:contents}
.box{padding:12px 14px;border:1px solid var(--line);border-radius:12px;background:var(--paper)}
.box p{margin:0 0 4px;font-weight:700}
.box ul{margin:0;padding-left:18px;font-size:13.5px}
.box+.box{margin-top:10px}
.arrow{color:var(--soft);font-size:24px;text-align:center}
.tree,.tree ul{margin:0;padding:0 0 0 22px;list-style:none}
.tree{padding:10px 14px;border:1px solid var(--line);border-radius:10px;background:var(--paper)}
.tree ul{margin-left:5px;border-left:2px solid var(--line)}
.tree li{padding:4px 0}
.tree b{font-weight:700}
.tree small{color:var(--soft)}
.chip{display:inline-block;margin:1px 2px;padding:0 8px;border-radius:10px;background:var(--mention-ground);color:var(--mention);font-size:12.5px;font-weight:600;line-height:20px}
.chip.only{border:1px dashed var(--bad);background:none;color:var(--bad)}
.chip.muted{background:var(--chip);color:var(--soft)}
.chip.more{background:none;border:1px solid var(--line);color:var(--soft);font-weight:400}
.cover{margin:6px 0 14px;padding:10px 14px;border:1px solid var(--line);border-radius:10px;background:var(--paper);list-style:none}
.cover li{padding:5px 0}
.cover small{color:var(--soft)}
.bar{display:flex;height:12px;margin:3px 0;border-radius:6px;background:var(--chip);overflow:hidden}
.bar i{display:block}
.bar .well{background:var(--go)}
.bar .open{background:var(--line)}
.bar .bad{background:var(--bad)}
details{margin:4px 0;border:1px solid var(--line);border-radius:8px;background:var(--paper)}
summary{padding:6px 12px;cursor:pointer;font-size:14px}
summary small{color:var(--soft)}
pre{margin:0;padding:10px 14px;border-top:1px solid var(--line);font:12.5px/1.45 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;white-space:pre-wrap;overflow-wrap:anywhere}
pre:target{background:var(--mention-ground)}
footer{margin-top:32px;color:var(--soft);font-size:13px}
@media screen and (max-width:760px){
.layout{display:block}
nav.contents{position:static;height:auto;border:0;border-bottom:1px solid var(--line)}
main{padding:0 14px 28px}
h1{font-size:22px;padding-top:18px}
.flow{display:block}
.flow>li{display:block;margin-top:6px}
.arrow{display:block;transform:rotate(90deg);line-height:1.2}
.tree{padding:8px}
.tree ul{padding-left:12px}
table,tbody,tr,td,caption{display:block}
thead{position:absolute;clip-path:inset(50%)}
tr{padding:9px 14px;border-top:1px solid var(--line)}
td,td:first-child{min-width:0;display:grid;grid-template-columns:104px minmax(0,1fr);gap:8px;padding:2px 0;border:0}
td::before{content:attr(data-label);color:var(--soft);font-size:12.5px;font-weight:400}
}
@page{size:A4 landscape;margin:12mm}
@media print{
nav.contents,.skip,.resources{display:none}
.layout{display:block}
body{background:#fff;font-size:10pt}
table{font-size:8.5pt}
td,th{padding:3px 6px}
main{max-width:none;padding:0}
.question,.box,tr,.tree li,.role{break-inside:avoid}
h2,h3,caption{break-after:avoid}
thead{display:table-header-group}
a{color:inherit}
.tablebox{overflow:visible}
}
`;
