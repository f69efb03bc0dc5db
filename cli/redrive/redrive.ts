/** Sends the dead letters of one queue back, each kind its own way. Nothing is deleted before what follows from it was accepted. */
import { moveBack } from './move';
import type { Ground, Place, Redriven } from './places';
import { runAgain, sendBack } from './take';

/** @throws what the service answers. Nothing is lost then: what had not gone back still lies there, and a move that was started goes on. */
export function redrive(place: Place, ground: Ground): Promise<Redriven> {
  if (place.way === 'move') return moveBack(place, ground);
  return place.way === 'send' ? sendBack(place, ground) : runAgain(place, ground);
}
