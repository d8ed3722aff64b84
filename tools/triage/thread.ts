/** One piece of the training, in a thread beside others: a part of the examples as read by what had not learned it, or the weights and the network that learned from all. Started by train.ts only. */
import { isMainThread, parentPort, workerData } from "node:worker_threads";
import { folds, learn, readFold } from "./learn.ts";
import { learnNetwork } from "./network.ts";
import { allTexts } from "./texts.ts";

/** What a thread is asked for by the number it is given: a fold from 0, or one of these. */
export const pieces = { weights: folds, network: folds + 1, count: folds + 2 } as const;

if (!isMainThread && parentPort !== null) {
  const piece: unknown = workerData;
  if (typeof piece !== "number") throw new Error("a thread needs the number of its piece");
  const { examples } = allTexts();
  const tell = (line: string): void => void process.stderr.write(`${piece < folds ? `fold ${piece + 1}` : "all"}, ${line}`);
  parentPort.postMessage(piece < folds ? readFold(examples, piece, tell) : piece === pieces.weights ? learn(examples) : learnNetwork(examples, 1, tell));
}
