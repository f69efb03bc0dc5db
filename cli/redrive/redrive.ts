/** Sends the dead letters of one queue back, each kind its own way. Nothing is deleted before what follows from it was accepted. */
import type { SQSClient } from '@aws-sdk/client-sqs';
import type { Timing } from '../doctor/calls';
import { moveBack } from './move';
import type { Place } from './places';
import { runAgain, sendBack } from './take';

export interface Ground {
  /** With useQueueUrlAsEndpoint false where AWS_ENDPOINT_URL must hold. */
  sqs: SQSClient;
  /** Starts a function and does not wait for its end; resolves once Lambda has accepted it. */
  start(functionName: string): Promise<void>;
  timing: Timing;
  /** Ctrl-C: what is under way is ended in order, and what was not taken stays. */
  signal: AbortSignal;
  /** Told how far it is, over and over. */
  progress(text: string): void;
}

export interface Redriven {
  /** Dead letters that went back, or whose run was started. */
  done: number;
  stopped: boolean;
  /** What went wrong and what to do, in one sentence; absent where nothing did. */
  failed?: string;
}

/** @throws what the service answers. Nothing is lost then: what had not gone back still lies there, and a move that was started goes on. */
export function redrive(place: Place, ground: Ground): Promise<Redriven> {
  if (place.way === 'move') return moveBack(place, ground);
  return place.way === 'send' ? sendBack(place, ground) : runAgain(place, ground);
}
