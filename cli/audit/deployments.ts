/** Which stack stands in which account and Region, what runs there, and how it is asked whether it is still as it was deployed. */
import { type Cell, cell, placeText, type Say, type Table } from './answers/answer';
import type { Place } from './assembly';
import type { Audit } from './audited';

export interface Deployment {
  place: Place;
  region: string;
  /** As CloudFormation knows it; of members it knows one for each account. */
  stackName: string;
  stack: Audit['stacks'][number];
}

export function deploymentsOf({ stacks }: Pick<Audit, 'stacks'>): Deployment[] {
  return stacks.flatMap((stack) =>
    stack.regions.map((region) => {
      // In the management account it has one name in all Regions; in the assembly the Region stands behind it.
      const suffix = `-${stack.regions[0]}`;
      const stackName = stack.place === 'management' && stack.name.endsWith(suffix) ? stack.name.slice(0, -suffix.length) : stack.name;
      return { place: stack.place, region, stackName, stack };
    }),
  );
}

/** Whose account it is, with its id where there is one. */
export function accountText(place: Place, { organization }: Pick<Audit, 'organization'>, say: Say): string {
  const { securityAccount, managementAccount, targets } = organization;
  const below = say(`each below ${targets.join(', ')}`, `${targets.join('、')} 以下の各アカウント`);
  const which = { security: securityAccount, management: managementAccount, members: targets.length > 0 ? below : say('none', 'なし') }[
    place
  ];
  return `${placeText(place, say)} (${which})`;
}

export function whereTable(audit: Audit, say: Say): Table {
  const { organization, ways, resources } = audit;
  const all = deploymentsOf(audit);
  const regions = [...new Set([organization.home, ...organization.linked])];
  return {
    title: say('What stands where: accounts by Regions', '配置：アカウント × リージョン'),
    head: [say('account', 'アカウント'), ...regions],
    rows: (['security', 'management', 'members'] as const).map((place): Cell[] => [
      accountText(place, audit, say),
      ...regions.map((region): Cell => {
        const its = all.filter((each) => each.place === place && each.region === region);
        if (its.length === 0) return say('nothing', 'なし');
        const names = [...new Set(its.map(({ stackName }) => (place === 'members' ? 'StackSet' : stackName)))];
        const functions = [...new Set(ways.filter((way) => way.place === place).map(({ name }) => name.replace(/\/Function$/, '')))];
        const count = its.reduce((sum, { stack }) => sum + stack.resources, 0);
        return cell(
          say(
            `${names.join(', ')}: ${count} resources; runs ${functions.join(', ') || 'nothing'}`,
            `${names.join('、')}：${count} リソース。関数：${functions.join('、') || 'なし'}`,
          ),
          resources.find(({ stack }) => its.some((each) => each.stack.name === stack))?.anchor,
        );
      }),
    ]),
  };
}

/** CloudFormation alone can say it. https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-stack-drift.html */
export function driftTable(audit: Audit, say: Say): Table {
  const deployments = deploymentsOf(audit).filter(({ place }) => place !== 'members');
  const sets = audit.resources.filter(({ type }) => type === 'AWS::CloudFormation::StackSet');
  const template = say('the deployed template against this checkout', 'デプロイ済みテンプレートとこのコード');
  const changed = say(
    'resources against the deployed template: changed by hand?',
    'リソースとデプロイ済みテンプレート（手作業の変更の有無）',
  );
  const account = (place: Place) => accountText(place, audit, say);
  return {
    title: say(
      'Is what is deployed still this? Nothing here asks it by itself',
      'デプロイ済みのものが今もこのとおりか（このページは確認しない）',
    ),
    head: [say('account', 'アカウント'), say('compares', '比較対象'), say('command', 'コマンド')],
    rows: [
      [account('security'), template, 'npx cdk diff'],
      ...(deployments.some(({ place }) => place === 'management')
        ? [[account('management'), template, "npx cdk diff --app 'npx tsx stacks/management-app.ts'"]]
        : []),
      ...deployments.map(({ place, region, stackName }) => {
        const which = `--region ${region} --stack-name ${stackName}`;
        const begin = `aws cloudformation detect-stack-drift ${which}`;
        const found = `aws cloudformation describe-stack-resource-drifts ${which} --stack-resource-drift-status-filters MODIFIED DELETED`;
        return [account(place), changed, say(`${begin}; once that has ended ${found}`, `${begin} の完了後に ${found}`)];
      }),
      ...sets.map(({ body, anchor }) => {
        const { StackSetName } = body.Properties as { StackSetName: string };
        const command = `aws cloudformation detect-stack-set-drift --call-as DELEGATED_ADMIN --region ${audit.organization.home} --stack-set-name ${StackSetName}`;
        return [cell(account('members'), anchor), changed, command];
      }),
    ],
  };
}
