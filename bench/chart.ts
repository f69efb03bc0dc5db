/** One picture of the four phases: what each design asks of Slack, of Bedrock and of the processor. */
import type { Phase } from './scenarios';

const ROW = 22;
const LEFT = 190;
const BAR = 150;
const PANEL = 220;

/** Bars by the square root: what differs by a hundred times is still seen beside one another. */
export function chart(phases: readonly Phase[]): string {
  const panels = [
    { title: 'Slack calls', of: ({ core, naive }: Phase) => [core.slackCalls, naive.slackCalls], digits: 0 },
    { title: 'Bedrock calls', of: ({ core, naive }: Phase) => [core.bedrockCalls, naive.bedrockCalls], digits: 0 },
    { title: 'CPU, ms a finding', of: ({ core, naive, findings }: Phase) => [core.cpu / findings, naive.cpu / findings], digits: 2 },
  ];
  const height = 70 + phases.length * (2 * ROW + 14);
  const width = LEFT + panels.length * PANEL;
  const top = (index: number) => 62 + index * (2 * ROW + 14);
  const names = phases.flatMap(({ name, findings }, index) => [
    text(10, top(index) + 15, name),
    text(10, top(index) + 33, `${findings.toLocaleString('en')} findings`, 'small'),
  ]);
  const bars = panels.flatMap(({ title, of, digits }, panel) => {
    const x = LEFT + panel * PANEL;
    const most = Math.max(...phases.flatMap(of));
    const drawn = phases.flatMap((phase, index) =>
      of(phase).map((value, design) => {
        const y = top(index) + design * ROW;
        const length = most === 0 ? 0 : Math.sqrt(value / most) * BAR;
        const bar = `<rect class="d${design}" x="${x}" y="${y}" width="${length.toFixed(1)}" height="${ROW - 6}"/>`;
        return bar + text(x + length + 5, y + 12, value.toLocaleString('en', { maximumFractionDigits: digits }), 'small');
      }),
    );
    return [text(x, 48, title), ...drawn];
  });
  const legend = `<rect class="d0" x="10" y="12" width="12" height="12"/>${text(27, 23, 'this')}<rect class="d1" x="70" y="12" width="12" height="12"/>${text(87, 23, 'naive: one model call and one post an event')}`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="What both designs ask of Slack, Bedrock and the processor">
<style>text{font:13px system-ui,sans-serif;fill:#1f2328}.small{font-size:11px;fill:#57606a}.d0{fill:#2f6f9f}.d1{fill:#c9813d}</style>
<rect width="100%" height="100%" fill="#fff"/>
${[legend, ...names, ...bars].join('\n')}
</svg>
`;
}

function text(x: number, y: number, words: string, kind = ''): string {
  return `<text${kind && ` class="${kind}"`} x="${x.toFixed(1)}" y="${y}">${words}</text>`;
}
