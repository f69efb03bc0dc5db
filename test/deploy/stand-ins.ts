/** Slack, Bedrock and Security Hub, on loopback: the stand-ins of the demo, in real time. */
import { bedrockService } from '../../local/bedrock/bedrock';
import type { FaultPlan } from '../../local/protocol/faults';
import { createHubFindings } from '../../local/securityhub/hub-findings';
import { listen } from '../../local/protocol/listener';
import { createSecurityHub } from '../../local/securityhub/securityhub';
import { slackService } from '../../local/slack/slack';
import { createWorkspace } from '../../local/slack/slack-workspace';

export type StandIns = Awaited<ReturnType<typeof startStandIns>>;

/** @param faults what goes wrong, when. */
export async function startStandIns(faults: FaultPlan) {
  const workspace = createWorkspace(Date.now);
  const securityHub = createSecurityHub(createHubFindings());
  const [slack, bedrock, hub] = await Promise.all([
    listen(slackService({ workspace }), { faults }),
    listen(bedrockService(), { faults }),
    listen(securityHub.service, { faults }),
  ]);
  return {
    workspace,
    securityHub,
    slack,
    bedrock,
    hub,
    close: async () => {
      await Promise.all([slack.close(), bedrock.close(), hub.close()]);
    },
  };
}
