// ONNX Runtime behind the endpoint that `digitml serve` has: POST /predict with {"pixels": [...]}, answered with the label and the scores.
//
//   node onnxruntime_server.js --model model.onnx --port 5090
//
// Prints a line once it listens. ONNX Runtime gets one thread a request, as DigitML has; more of them would only wait for each other.
import { createServer } from 'node:http';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { parseArgs } from 'node:util';

const { values } = parseArgs({ options: { model: { type: 'string' }, port: { type: 'string' } } });
const session = await InferenceSession.create(values.model, { executionProviders: ['cpu'], graphOptimizationLevel: 'all', intraOpNumThreads: 1, interOpNumThreads: 1 });
const [, , height, width] = session.inputMetadata.find((input) => input.name === 'pixels').shape;

createServer((request, response) => {
  const parts = [];
  request.on('data', (part) => parts.push(part));
  request.on('end', async () => {
    try {
      const { pixels } = JSON.parse(Buffer.concat(parts));
      if (request.method !== 'POST' || request.url !== '/predict' || pixels.length !== height * width) throw new Error('bad request');
      const { scores } = await session.run({ pixels: new Tensor('float32', Float32Array.from(pixels), [1, 1, height, width]) });
      const ranked = [...scores.data].map((score, label) => ({ label: String(label), score })).sort((a, b) => b.score - a.score);
      response.writeHead(200, { 'Content-Type': 'application/json' });
      response.end(JSON.stringify({ ...ranked[0], scores: ranked }));
    } catch {
      response.writeHead(400);
      response.end();
    }
  });
}).listen(Number(values.port), '127.0.0.1', () => console.log(`Listening on http://127.0.0.1:${values.port}/`));
