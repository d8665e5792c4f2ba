#!/bin/sh
# Writes the workbooks of this folder anew; see README.md.
set -e
cd "$(dirname "$0")"
PYTHON=${PYTHON:-python3}
$PYTHON make.py
NODE_PATH=${NODE_PATH:-$PWD/node_modules} node make.cjs
soffice --headless --convert-to xlsx:"Calc MS Excel 2007 XML" LibreOffice.fods
