/** Of the page that compares words: two columns, one above the other on a phone. */
export const EVAL_STYLE = `
main{max-width:1080px;margin:0 auto;padding:28px 24px 48px}
h1{margin:0;font-size:27px;line-height:1.25;font-weight:800}
h2{margin:36px 0 12px;font-size:20px;font-weight:800}
h3{margin:0 0 10px;font-size:17px}
h4{margin:0 0 6px;font-size:14px;color:var(--soft)}
header p{max-width:80ch;margin:8px 0 0;color:var(--soft);font-size:16px}
header a,details summary{text-decoration:underline}
.warning{padding:10px 14px;border:2px solid var(--bad);border-radius:8px;color:var(--ink)!important;font-weight:700}
article{margin-top:16px;padding:16px 18px;border:1px solid var(--line);border-radius:12px;background:var(--paper)}
.number{display:inline-block;min-width:26px;color:var(--soft)}
.severity{margin-left:6px;padding:0 8px;border-radius:10px;background:var(--chip);font-size:12px;font-weight:700;line-height:20px;white-space:nowrap}
.sides{display:grid;grid-template-columns:1fr 1fr;gap:14px}
.side{padding:10px 14px;border-radius:8px;background:var(--hover);min-width:0}
.side p{margin:0 0 8px}
.side ol{margin:0;padding-left:22px}
.figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(200px,1fr));gap:12px;margin:0 0 18px}
.figures div{display:flex;flex-direction:column;padding:12px 16px;border:1px solid var(--line);border-radius:12px;background:var(--paper)}
.figures dt{order:2;font-weight:600}
.figures dd{display:contents}
.figures strong{order:1;font-size:26px;line-height:1.2}
.figures span{order:3;color:var(--soft);font-size:13px}
table{width:100%;border-collapse:collapse;background:var(--paper);font-size:14px;line-height:1.4;font-variant-numeric:tabular-nums}
caption{padding:0 0 8px;color:var(--soft);text-align:left}
th,td{padding:6px 10px;border-top:1px solid var(--line);text-align:left;font-weight:400;overflow-wrap:normal}
thead th{color:var(--soft);font-size:12px;font-weight:600}
td{white-space:nowrap}
summary{width:fit-content;padding:4px 0;color:var(--link);font-weight:700;cursor:pointer}
footer{margin-top:32px;color:var(--soft);font-size:13px}
@media (max-width:760px){
main{padding:20px 14px 36px}
h1{font-size:22px}
.sides{grid-template-columns:1fr}
article{padding:14px}
table{font-size:12px}
th,td{padding:5px 4px}
.key td{white-space:normal}
}
`;
