/**
 * The address of the AWS access portal, which links are made from by adding `/#/console?…`.
 * https://docs.aws.amazon.com/singlesignon/latest/userguide/createshortcutlink.html
 */

import type { Advice } from '../mistake';

/** @returns what is wrong with an https:// address; undefined where links can be made from it. */
export function portalFault(address: string): Advice | undefined {
  if (!/^https:\/\//.test(address) || !URL.canParse(address)) return undefined;
  const { host, pathname, search, hash } = new URL(address);
  const path = pathname.replace(/\/$/, '');
  const right = `https://${host}${pathOf(host, path)}`;
  if (path === pathOf(host, path) && search === '' && hash === '') return undefined;
  const message =
    search !== '' || hash !== ''
      ? `"${address}" goes on after the portal’s address, so that links made from it lead nowhere`
      : `"${address}" is not the portal’s whole address, so that links made from it lead nowhere`;
  return { message, remedy: `Write ${right}.` };
}

/** Which path belongs to a host: `/start`; `/directory/<id>` in GovCloud and China; none on dual-stack addresses; any on others. */
function pathOf(host: string, path: string): string {
  if (/^start\./.test(host) && /\.awsapps\.(com|cn)$/.test(host))
    return /^\/directory\/[^/]+/.exec(path)?.[0] ?? '/directory/your-directory';
  if (host.endsWith('.awsapps.com')) return '/start';
  if (host.endsWith('.app.aws')) return '';
  return path;
}
