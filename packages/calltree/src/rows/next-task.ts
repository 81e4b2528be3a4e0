/**
 * Lets everything else that waits for this thread go first: messages, input, painting. A message
 * channel does so without the pause of at least 4 ms that timers come to have when nested; where
 * there is none, as in some test environments, a timer has to do.
 */
export function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    if (typeof MessageChannel === 'undefined') {
      setTimeout(resolve, 0);
      return;
    }
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}
