/** Slack's proportions (15 px on 22 px, 36 px avatars) for light and dark. Lato, where it is installed, is what Slack itself uses. */
export const MESSAGE_STYLE = `
:root{color-scheme:light dark;--paper:#fff;--ground:#f6f5f7;--ink:#1d1c1d;--soft:#616061;--line:#e2e1e4;--link:#1264a3;--hover:#f8f8f8;--chip:#f0eff2;--code-ink:#b3304a;--mention:#0b4c8c;--mention-ground:#e8f2fb;--go:#007a5a;--go-ink:#fff;--bad:#c01343}
@media (prefers-color-scheme:dark){:root{--paper:#1a1d21;--ground:#121416;--ink:#dcddde;--soft:#a3a5a8;--line:#35383d;--link:#5fb2f0;--hover:#1f2327;--chip:#2a2d32;--code-ink:#f28b9b;--mention:#8ecbff;--mention-ground:#173249;--go:#14836a;--go-ink:#fff;--bad:#f2637e}}
@font-face{font-family:Emoji;src:local("Noto Color Emoji"),local("Apple Color Emoji"),local("Segoe UI Emoji"),local("Noto Emoji"),local("Symbola");unicode-range:U+26AA,U+2705,U+1F300-1FAFF}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);font:15px/1.4667 Emoji,Lato,system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,"Noto Sans","Hiragino Sans","Yu Gothic UI","Noto Sans CJK JP","Noto Sans JP",Meiryo,IPAGothic,sans-serif;-webkit-text-size-adjust:100%;overflow-wrap:anywhere}
:lang(ja){font-family:Emoji,Lato,system-ui,-apple-system,"Hiragino Sans","Yu Gothic UI","Noto Sans CJK JP","Noto Sans JP",Meiryo,IPAGothic,sans-serif;line-break:strict}
a{color:var(--link);text-decoration:none}
a:hover{text-decoration:underline}
:focus-visible{outline:3px solid var(--link);outline-offset:2px;border-radius:4px}
i{font-style:italic}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.message{display:flex;gap:8px;padding:8px 20px}
.avatar{flex:none;width:36px;height:36px;margin-top:3px}
.content{flex:1;min-width:0;max-width:680px}
.message p,.message h3,.message ul,.message ol{margin:0}
.sender{display:flex;flex-wrap:wrap;align-items:baseline;column-gap:6px}
.sender b{font-weight:800}
.sender time{color:var(--soft);font-size:12px}
.app{align-self:center;padding:0 4px;border-radius:3px;background:var(--chip);color:var(--soft);font-size:10px;font-weight:700;line-height:15px;text-transform:uppercase}
.marks{display:flex;flex-wrap:wrap;gap:0 10px}
.marks,.origin{color:var(--soft);font-size:13px}
.block{margin-top:6px;unicode-bidi:isolate}
.sender+div>.block:first-child{margin-top:2px}
h3{font-size:18px;line-height:1.33;font-weight:800;text-wrap:pretty}
.message ul,.message ol{padding-left:24px}
.message ol li::marker{color:var(--soft)}
.indent-1{margin-left:24px!important}.indent-2{margin-left:48px!important}
.message code{padding:1px 4px;border:1px solid var(--line);border-radius:3px;background:var(--hover);color:var(--code-ink);font:12px/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,"Noto Sans Mono CJK JP",monospace}
.context{display:flex;flex-wrap:wrap;gap:0 10px;color:var(--soft);font-size:13px;line-height:1.45}
.buttons{display:flex;flex-wrap:wrap;gap:8px;padding:2px 0}
.button{padding:4px 12px;border:1px solid var(--line);border-radius:8px;background:var(--paper);color:var(--ink);font-size:13px;font-weight:700;line-height:18px}
.button:hover{background:var(--hover);text-decoration:none}
.button.primary{border-color:var(--go);background:var(--go);color:var(--go-ink)}
.button.danger{border-color:var(--bad);color:var(--bad)}
.mention{padding:0 2px;border-radius:3px;background:var(--mention-ground);color:var(--mention)}
.unknown{color:var(--bad);font-style:italic}
hr{border:0;border-top:1px solid var(--line)}
`;
