/** A quarter, played once for all facts about it, and counted anew. */
import { Tally } from '../../cli/simulate/figures';
import { quarterConfig } from '../../cli/simulate/population/configuration';
import { organizationOf } from '../../cli/simulate/population/organization';
import { playQuarter } from '../../cli/simulate/quarter';
import { at } from '../../handlers/domain/text/reading';
import { BriefCount } from './brief-count';
import { chartOf } from './chart';
import { type Recount, Recounter } from './recount';

export async function playedAndRecounted(options: { scale: number; days: number; seed: number }) {
  const recounter = new Recounter(chartOf(organizationOf(options.scale, options.seed)));
  const config = quarterConfig();
  const tally = new Tally();
  const briefs = new BriefCount();
  const played = await playQuarter({
    config,
    ...options,
    all: true,
    onEvent: (sent) => {
      tally.heardEvent(sent);
      if (sent.event) recounter.receive(sent.event, sent.at);
      if (sent.event && sent.passed) briefs.count(at(sent.event, 'detail', 'findings'));
    },
    onDecision: (decision) => tally.heardDecision(decision),
  });
  const recount: Recount = recounter.count(played.slack.transcript, played.now);
  return { played, recount, report: tally.report(played.slack.transcript, config, options.days), briefs };
}
