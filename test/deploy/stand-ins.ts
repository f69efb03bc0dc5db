/** Slack, Bedrock and Security Hub, on loopback: the stand-ins of the demo, in real time. */
import { bedrockService } from '../../cli/local/bedrock';
import type { FaultPlan } from '../../cli/local/faults';
import { createHubFindings } from '../../cli/local/hub-findings';
import { listen } from '../../cli/local/listener';
import { createSecurityHub } from '../../cli/local/securityhub';
import { slackService } from '../../cli/local/slack';
import { createWorkspace } from '../../cli/local/slack-workspace';

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
