// Hints within one process that there is work: whoever waits for it is woken.
import { EventEmitter } from "node:events";

export type Hints = {
  readonly say: (topic: string) => void;
  /** Returns how to stop listening. */
  readonly listen: (listener: (topic: string) => void) => () => void;
};

export function createHints(): Hints {
  const hints = new EventEmitter();
  return {
    say: (topic) => hints.emit("hint", topic),
    listen: (listener) => {
      hints.on("hint", listener);
      return () => hints.off("hint", listener);
    },
  };
}
