#!/bin/sh
# Checks a model against ONNX Runtime: run.sh MODEL.onnx [DATA.csv.gz]. Needs Node.js; installs onnxruntime-node beside itself the first time.
set -eu
model=$1
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
data=${2:-$root/data/mnist-test.csv.gz}
scores=$(mktemp)
trap 'rm -f "$scores"' EXIT
# The processor's library is in the package; its install script would only fetch one for graphics cards.
[ -d "$here/node_modules/onnxruntime-node" ] || npm ci --prefix "$here" --ignore-scripts --no-audit --no-fund
dotnet run -c Release --project "$root/DigitML.Training" -- predict --model "$model" --data "$data" --out "$scores" --format scores
node "$here/parity.js" "$model" "$data" "$scores"
