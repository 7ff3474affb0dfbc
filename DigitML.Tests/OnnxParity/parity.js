// Runs a model in ONNX Runtime on every row of a data file and compares the result with the scores that DigitML wrote for the same rows.
//
//   digitml predict --model model.onnx --data data/mnist-test.csv.gz --out scores.csv --format scores
//   node parity.js model.onnx data/mnist-test.csv.gz scores.csv
//
// The data file is read here, not by DigitML, so that the way the pixels take is another one too. Exit code 0: every label is the same and every score is
// within 1e-4. 1: something differs, or an input is bad.
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { InferenceSession, Tensor } from 'onnxruntime-node';

const TOLERANCE = 1e-4;
const BATCH = 500;

function lines(path) {
  let bytes = readFileSync(path);
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) bytes = gunzipSync(bytes);
  return bytes.toString('utf8').split(/\r?\n/).filter((line) => line.length > 0);
}

// Fields with the quotes of RFC 4180.
function fields(line) {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain);
}

// Rows of pixels; a column before them is the label, which nobody looks at.
function readPixels(path, pixelCount) {
  const [header, ...rows] = lines(path);
  const skipped = header.split(',').length - pixelCount;
  if (skipped !== 0 && skipped !== 1) throw new Error(`${path} has ${pixelCount + skipped} columns; the model takes ${pixelCount} pixels.`);
  const pixels = new Float32Array(rows.length * pixelCount);
  rows.forEach((row, n) => {
    const values = row.split(',');
    for (let i = 0; i < pixelCount; i++) pixels[n * pixelCount + i] = Number(values[i + skipped]);
  });
  if (!pixels.every((pixel) => pixel >= 0 && pixel <= 255)) throw new Error(`${path} has a pixel that is no number from 0 to 255.`);
  return { pixels, count: rows.length };
}

// The columns ImageId, Label, score_LABEL ...
function readScores(path) {
  const [header, ...rows] = lines(path).map(fields);
  const labels = header.slice(2).map((name) => name.replace(/^score_/, ''));
  if (header[0] !== 'ImageId' || header[1] !== 'Label' || labels.length === 0) throw new Error(`${path} is not written by predict --format scores.`);
  return { labels, chosen: rows.map((row) => row[1]), scores: rows.map((row) => row.slice(2).map(Number)) };
}

async function main(modelPath, dataPath, scoresPath) {
  const session = await InferenceSession.create(modelPath, { logSeverityLevel: 2 });
  const [, , height, width] = session.inputMetadata.find((input) => input.name === 'pixels').shape;
  const { pixels, count } = readPixels(dataPath, height * width);
  const ours = readScores(scoresPath);
  if (ours.scores.length !== count) throw new Error(`${scoresPath} has ${ours.scores.length} rows but ${dataPath} has ${count}.`);

  const classCount = ours.labels.length;
  let otherLabels = 0;
  let largest = { difference: 0, row: 0, label: '' };
  for (let start = 0; start < count; start += BATCH) {
    const size = Math.min(BATCH, count - start);
    const images = pixels.subarray(start * height * width, (start + size) * height * width);
    const { scores, label } = await session.run({ pixels: new Tensor('float32', images, [size, 1, height, width]) });
    if (scores.dims[1] !== classCount) throw new Error(`The model has ${scores.dims[1]} classes but ${scoresPath} has ${classCount}.`);
    for (let n = 0; n < size; n++) {
      const row = start + n;
      if (ours.labels[Number(label.data[n])] !== ours.chosen[row]) {
        otherLabels++;
        console.log(`row ${row + 1}: ONNX Runtime says ${ours.labels[Number(label.data[n])]}, DigitML says ${ours.chosen[row]}`);
      }

      for (let k = 0; k < classCount; k++) {
        const gap = Math.abs(scores.data[n * classCount + k] - ours.scores[row][k]);
        // What is not a number agrees with nothing.
        const difference = Number.isNaN(gap) ? Infinity : gap;
        if (difference > largest.difference) largest = { difference, row: row + 1, label: ours.labels[k] };
      }
    }
  }

  const agrees = otherLabels === 0 && largest.difference <= TOLERANCE;
  console.log(`${count} rows: ${count - otherLabels} labels are the same; the largest difference of a score is ${largest.difference.toExponential(2)}`
    + (largest.row > 0 ? ` (row ${largest.row}, score of ${largest.label})` : '') + `; ${agrees ? 'parity holds' : `PARITY FAILS (tolerance ${TOLERANCE})`}.`);
  return agrees ? 0 : 1;
}

if (process.argv.length !== 5) {
  console.error('usage: node parity.js MODEL.onnx DATA.csv[.gz] SCORES.csv');
  process.exitCode = 2;
} else {
  main(...process.argv.slice(2)).then((code) => { process.exitCode = code; }, (failure) => {
    console.error(failure.message);
    process.exitCode = 1;
  });
}
