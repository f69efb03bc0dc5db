/** How it is removed, and what then stays. */
import { type Answering, cell, placeText, termText } from './answer';

export const removal: Answering = (audit, say) => {
  const { kept, organization, stacks, resources } = audit;
  const stays = resources.filter(({ body }) => String(body.DeletionPolicy ?? '').startsWith('Retain'));
  const others = stacks.filter(({ place }) => place !== 'security');
  const hubs = resources
    .filter(({ type }) => type === 'AWS::SecurityHub::Hub' || type === 'AWS::SecurityHub::HubV2')
    .map(({ name }) => name);
  const data = kept.filter(({ removal: policy }) => policy !== 'Delete');
  const hub = stacks.find(({ place }) => place === 'security');
  const at = `--region ${organization.home} --stack-name ${hub?.name}`;
  const placeOf = (stack: string) => {
    const place = stacks.find(({ name }) => name === stack)?.place;
    return place ? placeText(place, say) : '';
  };
  const commands = [
    `aws cloudformation update-termination-protection --no-enable-termination-protection ${at}`,
    `aws cloudformation delete-stack ${at}`,
  ];
  return {
    question: say('How is it removed?', 'どうやって撤去するか。'),
    fine: hub?.protectedFromDeletion === true,
    verdict: say(
      `${hub?.protectedFromDeletion ? 'The stack is protected against deletion; with the two commands below it goes.' : 'The stack is NOT protected against deletion.'} ${stays.length} resources stay, ${data.length} of them with data, so that nothing is lost by mistake: each is deleted by hand, or ends by its term. None of the stacks in members and in the management account (${others.length} templates) has Security Hub itself as a resource${hubs.length === 0 ? '' : `, but for ${hubs.join(', ')}`}: deleting them leaves it on.`,
      `${hub?.protectedFromDeletion ? 'スタックは削除保護されており、下の 2 コマンドで削除する。' : 'スタックは削除保護されていない。'}誤って失わないよう ${stays.length} 個のリソース（うちデータを持つもの ${data.length} 個）は残り、手で削除するか保持期間の終わりに消える。メンバーと管理アカウントのスタック（テンプレート ${others.length} 個）は Security Hub 自体をリソースに持たず${hubs.length === 0 ? '' : `（例外：${hubs.join('、')}）`}、消しても有効のまま。`,
    ),
    tables: [
      {
        title: say('Commands, in the security account', 'コマンド（セキュリティアカウントで実行）'),
        head: [say('command', 'コマンド')],
        rows: commands.map((each) => [each]),
      },
      {
        title: say('What stays', '残るもの'),
        head: [say('resource', 'リソース'), say('type', '種類'), say('account', 'アカウント'), say('ends by itself', '自然に消えるまで')],
        rows: stays.map(({ anchor, name, type, stack }) => {
          const term = kept.find((each) => each.anchor === anchor);
          const days = term?.seconds === undefined ? (term?.until ?? '–') : termText(term.seconds, say);
          return [cell(name, anchor), type, placeOf(stack), days];
        }),
      },
    ],
  };
};
