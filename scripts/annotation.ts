/** Numbers beside the parts of a message, as docs/reading-a-message.md explains them. */

/** The first part of the message that holds, in either language. The numbers are those of the page. */
const PARTS: readonly { number: number; within: string; says?: string }[] = [
  { number: 1, within: 'h3' },
  { number: 2, within: '.block p', says: '^(Who|Did|誰|何|操作)' },
  { number: 3, within: '.block p', says: '^(Resource|リソース)' },
  { number: 4, within: '.block p', says: String.raw`\d+ open|未対応 \d+` },
  { number: 5, within: '.block p', says: '^(What it means|検出内容の要約)' },
  { number: 6, within: '.block p', says: '^(Do now|推奨される対応)' },
  { number: 7, within: '.block a', says: 'Security Hub' },
  { number: 8, within: '.context, .block p', says: 'root' },
];

/** A script that puts them there. In the page, it throws where a part is not found: the page and this list are then to be mended. */
export function annotation(): string {
  return `(() => {
    const missing = [];
    document.querySelector('.avatar').style.visibility = 'hidden';
    for (const { number, within, says } of ${JSON.stringify(PARTS)}) {
      const part = [...document.querySelectorAll(within)].find((each) => !says || new RegExp(says).test(each.textContent.trim()));
      if (!part) { missing.push(number); continue; }
      const badge = document.createElement('span');
      badge.textContent = number;
      badge.style.cssText = 'position:absolute;left:16px;width:22px;height:22px;border-radius:11px;background:#0b5c8a;color:#fff;font:700 13px/22px sans-serif;text-align:center;top:' + ((part.closest('p') ?? part).getBoundingClientRect().top + scrollY) + 'px';
      document.body.append(badge);
    }
    if (missing.length > 0) throw new Error('no part of the message is what number ' + missing.join(', ') + ' of scripts/annotation.ts looks for');
  })()`;
}
