/** A quarter, played once for all facts about it, and counted anew. */
import { quarterConfig } from '../../cli/simulate/population/configuration';
import { organizationOf } from '../../cli/simulate/population/organization';
import { playQuarter } from '../../cli/simulate/quarter';
import { chartOf } from './chart';
import { type Recount, Recounter } from './recount';

export async function playedAndRecounted(options: { scale: number; days: number; seed: number }) {
  const recounter = new Recounter(chartOf(organizationOf(options.scale, options.seed)));
  const played = await playQuarter({
    config: quarterConfig(),
    ...options,
    all: true,
    onEvent: ({ event, at }) => {
      if (event) recounter.heard(event, at);
    },
  });
  const recount: Recount = recounter.count(played.slack.transcript, played.now);
  return { played, recount };
}
