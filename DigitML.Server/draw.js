"use strict";

// The endpoints are beside this script.
const base = new URL(".", document.currentScript.src);
const byId = (id) => document.getElementById(id);
const pad = byId("pad"), pen = pad.getContext("2d", { willReadFrequently: true });
const penWidth = 22, keyStep = 8;
const answer = byId("answer"), scores = byId("scores"), seen = byId("seen"), time = byId("time");

// The drawing is sent again when the last response arrives, if it has changed meanwhile.
let isAsking = false, hasChanged = false, isEmpty = true;
let keyPen = { x: pad.width / 2, y: pad.height / 2, isDown: false };

function clear() {
  pen.fillStyle = "#ffffff";
  pen.fillRect(0, 0, pad.width, pad.height);
  isEmpty = true;
  hasChanged = false;
  keyPen = { x: pad.width / 2, y: pad.height / 2, isDown: false };
  answer.textContent = "Nothing has been drawn yet.";
  scores.replaceChildren();
  time.textContent = "";
  seen.getContext("2d").clearRect(0, 0, seen.width, seen.height);
}

function line(from, to) {
  pen.strokeStyle = "#000000";
  pen.lineWidth = penWidth;
  pen.lineCap = "round";
  pen.beginPath();
  pen.moveTo(from.x, from.y);
  // A zero-length line is not drawn, not even its round ends.
  pen.lineTo(to.x + (from.x === to.x && from.y === to.y ? 0.01 : 0), to.y);
  pen.stroke();
  isEmpty = false;
  ask();
}

async function ask() {
  hasChanged = true;
  if (isAsking) return;
  isAsking = true;
  while (hasChanged && !isEmpty) {
    hasChanged = false;
    const picture = await new Promise((done) => pad.toBlob(done, "image/png"));
    const reply = await post("predict", picture, "image/png");
    if (isEmpty) break;
    if (reply.problem) refuse(answer, reply.problem);
    else show(await reply.json());
  }
  isAsking = false;
}

// The response, or a problem if the server refused or did not answer.
async function post(path, body, type) {
  try {
    const response = await fetch(new URL(path, base), { method: "POST", headers: { "Content-Type": type }, body });
    if (response.ok) return response;
    const problem = await response.json().catch(() => ({}));
    return { problem: problem.detail || problem.title || `The server answered ${response.status}.` };
  } catch {
    return { problem: "The server does not respond." };
  }
}

function refuse(place, problem) {
  place.replaceChildren(element("span", problem, "bad"));
  if (place === answer) scores.replaceChildren();
}

function element(name, text, className) {
  const made = document.createElement(name);
  made.textContent = text;
  if (className) made.className = className;
  return made;
}

function percent(share) {
  return `${(100 * share).toFixed(1)} %`;
}

function show(result) {
  answer.replaceChildren(element("strong", result.label), document.createTextNode(`Predicted ${result.label}, score ${percent(result.score)}.`));
  scores.replaceChildren(...result.scores.slice(0, 10).map(({ label, score }) => {
    const bar = document.createElement("meter"), row = document.createElement("li");
    bar.value = score;
    bar.setAttribute("aria-hidden", "true");
    row.append(element("span", label), bar, element("span", percent(score)));
    return row;
  }));
  time.textContent = `Predicted in ${result.milliseconds} ms.`;
  const bytes = Uint8Array.from(atob(result.seen), (letter) => letter.charCodeAt(0));
  const image = new ImageData(seen.width, seen.height);
  bytes.forEach((ink, i) => image.data.set([ink, ink, ink, 255], 4 * i));
  seen.getContext("2d").putImageData(image, 0, 0);
}

// The browser decodes any format it can show; the picture is drawn onto the pad as large as possible.
async function open(file) {
  let picture;
  try {
    picture = await createImageBitmap(file);
  } catch {
    clear();
    refuse(answer, `${file.name} is not a picture this browser can show.`);
    return;
  }
  clear();
  const scale = Math.min(pad.width / picture.width, pad.height / picture.height);
  const width = Math.max(1, picture.width * scale), height = Math.max(1, picture.height * scale);
  pen.imageSmoothingQuality = "high";
  // The area around the picture gets the colour of its corner.
  pen.drawImage(picture, 0, 0, 1, 1, 0, 0, pad.width, pad.height);
  pen.drawImage(picture, (pad.width - width) / 2, (pad.height - height) / 2, width, height);
  isEmpty = false;
  ask();
}

async function predictRows(file) {
  const place = byId("rows-answer");
  place.textContent = `Reading ${file.name} …`;
  const began = performance.now(), reply = await post("predict/rows", file, "text/csv");
  if (reply.problem) {
    refuse(place, reply.problem);
    return;
  }
  const submission = await reply.blob(), text = await submission.text();
  const link = element("a", "submission.csv");
  link.download = "submission.csv";
  link.href = URL.createObjectURL(submission);
  const rows = text.trimEnd().split("\n").length - 1, seconds = ((performance.now() - began) / 1000).toFixed(1);
  place.replaceChildren(document.createTextNode(`${rows.toLocaleString("en")} ${rows === 1 ? "row" : "rows"} of ${file.name} in ${seconds} s: `), link);
}

function takesFiles(place, input, take) {
  input.addEventListener("change", () => {
    if (input.files.length > 0) take(input.files[0]);
    input.value = "";
  });
  place.addEventListener("dragover", (event) => {
    event.preventDefault();
    place.classList.add("over");
  });
  place.addEventListener("dragleave", () => place.classList.remove("over"));
  place.addEventListener("drop", (event) => {
    event.preventDefault();
    place.classList.remove("over");
    if (event.dataTransfer.files.length > 0) take(event.dataTransfer.files[0]);
  });
}

function pointOf(event) {
  const box = pad.getBoundingClientRect();
  return { x: (event.clientX - box.left) * pad.width / box.width, y: (event.clientY - box.top) * pad.height / box.height };
}

let last = null;
pad.addEventListener("pointerdown", (event) => {
  if (event.button !== 0) return;
  pad.setPointerCapture(event.pointerId);
  last = pointOf(event);
  line(last, last);
});
pad.addEventListener("pointermove", (event) => {
  if (!last) return;
  for (const part of event.getCoalescedEvents?.() ?? [event]) {
    const point = pointOf(part);
    line(last, point);
    last = point;
  }
});
for (const end of ["pointerup", "pointercancel"]) pad.addEventListener(end, () => { last = null; });

const keyMoves = { ArrowLeft: [-keyStep, 0], ArrowRight: [keyStep, 0], ArrowUp: [0, -keyStep], ArrowDown: [0, keyStep] };
pad.addEventListener("keydown", (event) => {
  const move = keyMoves[event.key];
  if (move) {
    const within = (value) => Math.min(Math.max(value, penWidth), pad.width - penWidth);
    const to = { x: within(keyPen.x + move[0]), y: within(keyPen.y + move[1]) };
    if (keyPen.isDown) line(keyPen, to);
    keyPen = { ...keyPen, ...to };
  } else if (event.key === " ") {
    keyPen.isDown = !keyPen.isDown;
    if (keyPen.isDown) line(keyPen, keyPen);
    pad.setAttribute("aria-label", keyPen.isDown ? "Drawing area, pen down" : "Drawing area, pen up");
  } else if (event.key === "Delete" || event.key === "Backspace") {
    clear();
  } else {
    return;
  }
  event.preventDefault();
});

byId("clear").addEventListener("click", clear);
takesFiles(pad, byId("picture"), open);
takesFiles(byId("drop"), byId("file"), predictRows);
clear();
