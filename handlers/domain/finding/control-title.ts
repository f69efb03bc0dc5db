/** The id and the title of a control as people know them. */
import { text } from '../text/reading';

/** `PCI.S3.2`, `CT.CloudTrail.2`, CIS's `2.5`. */
const NUMBER = /^(?:(?:[A-Z][A-Za-z0-9]*\.){1,2}\d+|\d+\.\d+)(?:\.\d+)* /;

/**
 * Standards put a number of theirs in front, in either format; the message shows the control's own, once, behind.
 * @param controlId absent of what is no control: its title is as it is.
 */
export function titleOf(title: string | undefined, controlId: string | undefined): string | undefined {
  return controlId ? (text(title?.replace(NUMBER, '')) ?? title) : title;
}

/** AWS's longest id has 20 characters. Keys of the ledger hold it: what is longer names no control. */
export function controlIdIn(value: unknown): string | undefined {
  const id = text(value);
  return id && id.length <= 64 ? id : undefined;
}
