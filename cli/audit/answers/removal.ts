/** How it is removed, and what then stays. */
import { at, text } from '../../../handlers/domain/text/reading';
import type { Audit, AuditedResource } from '../audited';
import { deploymentsOf } from '../deployments';
import { type Answering, cell, placeText, type Say, type Table } from './answer';
import { keptText } from './readers';
import { marksOf, outsideOf } from './removal-outside';
import { drained, itself, stepsOf } from './removal-steps';

export const removal: Answering = (audit, say) => {
  const { kept, stacks, resources } = audit;
  const keeps = resources.filter(retained);
  const stays = keeps.filter((resource) => !goesAlong(resource, resources));
  const along = keeps.length - stays.length;
  const hubs = resources
    .filter(({ type }) => type === 'AWS::SecurityHub::Hub' || type === 'AWS::SecurityHub::HubV2')
    .map(({ name }) => name);
  const data = stays.filter(({ anchor }) => kept.some((each) => each.anchor === anchor));
  const hub = stacks.find(({ place }) => place === 'security');
  const outside = outsideOf(audit, say);
  const marked = marksOf(audit, say);
  const placeOf = (stack: string) => {
    const found = stacks.find(({ name }) => name === stack);
    return found ? `${placeText(found.place, say)}, ${found.regions.join(', ')}` : '';
  };
  const queues = drained(audit).queues.map(({ name }) => name);
  const sets = resources.filter((each) => each.type === 'AWS::CloudFormation::StackSet' && !retained(each));
  const others = stacks.filter(({ place }) => place !== 'security');
  return {
    question: say('How is it removed?', 'どうやって撤去するか。'),
    fine: hub?.protectedFromDeletion === true,
    verdict: say(
      `${hub?.protectedFromDeletion ? 'The stack is protected against deletion.' : 'The stack is NOT protected against deletion.'} The commands below, in their order, delete it${others.some(({ place }) => place === 'management') ? ' and the stacks of the management account' : ''}${sets.length > 0 ? '; the stacks of members go with their StackSet, but for accounts that left its OUs, which keep theirs' : ''}. ${stays.length} resources stay, ${data.length} of them with data: what is in them ends by its term, they themselves stay until somebody deletes them.${along > 0 ? ` ${along} versions of functions are marked so too, and go with their functions.` : ''} What lies in ${queues.join(', ')} goes with the stack untold, and what waits in the ledger stays there untold: the first commands stop what comes in and show when all is told. ${outside.length} things that no stack holds stay as well, ${marked.words.length > 0 ? 'marks and notes in Security Hub and ' : ''}messages in Slack among them. Of the templates of members and the management account (${others.length}) ${hubs.length === 0 ? 'none has' : `none, but for ${hubs.join(', ')}, has`} Security Hub itself as a resource: deleting them leaves it on.`,
      `${hub?.protectedFromDeletion ? 'スタックは削除保護されている。' : 'スタックは削除保護されていない。'}下のコマンドをこの順に実行すると、これ${others.some(({ place }) => place === 'management') ? 'と管理アカウントのスタック' : ''}を削除する${sets.length > 0 ? '。メンバーのスタックは StackSet とともに消える（対象 OU を離れたアカウントには残る）' : ''}。${stays.length} 個のリソース（うちデータを持つもの ${data.length} 個）は残る。中身は保持期間の終わりに消えるが、リソース自体は手で削除するまで残る。${along > 0 ? `同じく保持指定の関数のバージョン ${along} 個は関数とともに消える。` : ''}${queues.join('、')} に残るものは通知されないままスタックとともに失われ、台帳で待つものは通知されずに残る。最初のコマンドで受け付けを止め、すべて通知されたことを確かめる。スタックの外にある ${outside.length} 件（${marked.words.length > 0 ? 'Security Hub の印とノート、' : ''}Slack のメッセージなど）も残る。メンバーと管理アカウントのテンプレート ${others.length} 個は Security Hub 自体をリソースに持たず${hubs.length === 0 ? '' : `（例外：${hubs.join('、')}）`}、消しても有効のまま。`,
    ),
    tables: [
      {
        title: say('Commands, in their order', 'コマンド（この順に）'),
        head: [say('account', 'アカウント'), say('command', 'コマンド'), say('what for', '目的')],
        rows: stepsOf(audit, say),
      },
      protectionTable(audit, say),
      {
        title: say('What stays; NAME is what the first command lists', '残るもの（NAME は最初のコマンドの出力にある）'),
        head: [
          say('resource', 'リソース'),
          say('type', '種類'),
          say('account and Regions', 'アカウントとリージョン'),
          say('what is in it ends', '中身が消えるまで'),
          say('it itself', 'それ自体'),
          say('deleted by', '削除するコマンド'),
        ],
        rows: stays.map((resource) => {
          const term = kept.find((each) => each.anchor === resource.anchor);
          const days = term ? keptText(term, say) : '–';
          return [cell(resource.name, resource.anchor), resource.type, placeOf(resource.stack), days, ...itself(resource, audit, say)];
        }),
      },
      {
        title: say('What no stack holds, and stays', 'スタックの外にあり、残るもの'),
        head: [say('what', '対象'), say('how it goes', '消し方')],
        rows: outside,
      },
    ],
  };
};

const retained = ({ body }: AuditedResource): boolean => String(body.DeletionPolicy ?? '').startsWith('Retain');

/**
 * A function that is deleted takes its versions along, whatever the template wants of them.
 * https://docs.aws.amazon.com/lambda/latest/api/API_DeleteFunction.html
 */
function goesAlong({ type, stack, body }: AuditedResource, resources: readonly AuditedResource[]): boolean {
  const of = text(at(body, 'Properties', 'FunctionName', 'Ref'));
  const its = resources.find((each) => each.type === 'AWS::Lambda::Function' && each.stack === stack && each.anchor.endsWith(`-${of}`));
  return type === 'AWS::Lambda::Version' && its !== undefined && !retained(its);
}

/** Where it is read: of stacks in the synth's manifest, whose word stands at the stack's heading in the page; of tables in the template. */
function protectionTable(audit: Audit, say: Say): Table {
  const { resources } = audit;
  const yes = say('protected', '保護あり');
  const no = say('NOT protected', '保護なし');
  const locks = resources.flatMap((resource) => {
    const on = at(resource.body, 'Properties', 'DeletionProtectionEnabled');
    return on === undefined ? [] : [{ ...resource, on: on === true }];
  });
  return {
    title: say('What is protected against deletion', '削除保護'),
    head: [say('what', '対象'), say('so', '判定'), say('by', '根拠')],
    rows: [
      ...deploymentsOf(audit)
        .filter(({ place }) => place !== 'members')
        .map(({ region, stackName, stack }) => [
          cell(`${stackName}, ${region}`, stackAnchor(stack.name)),
          stack.protectedFromDeletion ? yes : no,
          say('terminationProtection in manifest.json of the synth', 'synth の manifest.json の terminationProtection'),
        ]),
      ...locks.map(({ name, anchor, on }) => [cell(name, anchor), on ? yes : no, 'DeletionProtectionEnabled']),
    ],
  };
}

/** Of its heading in the page. */
export const stackAnchor = (name: string): string => `stack-${name}`;
