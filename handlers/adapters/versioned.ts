/** A messenger whose messages say which version told them. */
import { namingVersion } from '../domain/message/version';
import type { Messenger } from '../ports';

export function versioned(messenger: Messenger, version: string): Messenger {
  return {
    ...messenger,
    post: (channel, message, thread) => messenger.post(channel, namingVersion(message, version), thread),
    update: (channel, ts, message) => messenger.update(channel, ts, namingVersion(message, version)),
  };
}
