// ONNX Runtime on the same work as `digitml bench predict`: batches of random images through a model that DigitML wrote, prediction alone.
//
//   node onnxruntime_peer.js --model model.onnx --empty-model empty.onnx --batch-size 100 --threads 2 --seconds 5
//
// Prints one JSON line. A call through Node.js costs more than one from C: the empty model does next to nothing with inputs and outputs of the same size, and
// what it takes (the model's own scaling of pixels and its softmax included) is taken off every call, in ONNX Runtime's favour.
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { createRequire } from 'node:module';
import { parseArgs } from 'node:util';

const IMAGES = 4096, WARM_UP_SECONDS = 0.3, OVERHEAD_SECONDS = 0.7;

async function open(path, threads) {
  return InferenceSession.create(path, {
    executionProviders: ['cpu'], executionMode: 'sequential', graphOptimizationLevel: 'all', intraOpNumThreads: threads, interOpNumThreads: 1,
    enableCpuMemArena: true, enableMemPattern: true,
  });
}

// Inputs and outputs are made once and used again and again.
function batches(session, batchSize) {
  const [, , height, width] = session.inputMetadata.find((input) => input.name === 'pixels').shape;
  const classes = session.outputMetadata.find((output) => output.name === 'scores').shape[1];
  const fetches = { scores: new Tensor('float32', new Float32Array(batchSize * classes), [batchSize, classes]) };
  const feeds = Array.from({ length: Math.max(1, Math.floor(IMAGES / batchSize)) }, () => {
    const images = Float32Array.from({ length: batchSize * height * width }, () => Math.random() * 255);
    return { pixels: new Tensor('float32', images, [batchSize, 1, height, width]) };
  });
  return { feeds, fetches };
}

async function secondsPerCall(session, { feeds, fetches }, seconds) {
  const start = performance.now();
  let calls = 0, elapsed = 0;
  do {
    await session.run(feeds[calls % feeds.length], fetches);
    calls++;
    elapsed = (performance.now() - start) / 1000;
  } while (elapsed < seconds);
  return elapsed / calls;
}

async function measure(path, batchSize, threads, seconds) {
  const session = await open(path, threads);
  const data = batches(session, batchSize);
  await secondsPerCall(session, data, WARM_UP_SECONDS);
  const result = await secondsPerCall(session, data, seconds);
  await session.release();
  return result;
}

const { values } = parseArgs({
  options: {
    model: { type: 'string' }, 'empty-model': { type: 'string' }, 'batch-size': { type: 'string', default: '100' }, threads: { type: 'string', default: '2' },
    seconds: { type: 'string', default: '5' },
  },
});
const batchSize = Number(values['batch-size']), threads = Number(values.threads);
const overhead = await measure(values['empty-model'], batchSize, threads, OVERHEAD_SECONDS);
const call = await measure(values.model, batchSize, threads, Number(values.seconds));
const { version } = createRequire(import.meta.url)('onnxruntime-node/package.json');
console.log(JSON.stringify({
  peer: `ONNX Runtime ${version}`,
  samplesPerSecond: Math.round(batchSize / (call - overhead) * 10) / 10,
  samplesPerSecondWithCallOverhead: Math.round(batchSize / call * 10) / 10,
  callOverheadMicroseconds: Math.round(overhead * 1e7) / 10,
}));
