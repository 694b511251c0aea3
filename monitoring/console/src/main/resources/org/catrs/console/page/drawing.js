// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0

/** A canvas of the model's size to draw on, with pointer or keyboard. What is drawn are the pixels that are certified. */
export class Drawing {
  #canvas;
  #context;
  #scale;
  #last = null;
  #pen;
  #onChange;

  constructor(canvas, height, width, onChange) {
    this.#canvas = canvas;
    canvas.width = width;
    canvas.height = height;
    this.#context = canvas.getContext("2d", { willReadFrequently: true });
    this.#scale = Math.min(height, width) / 28;
    this.#pen = { x: width / 2, y: height / 2, isDown: false };
    this.#onChange = onChange;
    this.clear();
    canvas.addEventListener("pointerdown", (event) => {
      canvas.setPointerCapture(event.pointerId);
      this.#last = this.#at(event);
      this.#line(this.#last, this.#last);
    });
    canvas.addEventListener("pointermove", (event) => {
      if (!this.#last) return;
      const next = this.#at(event);
      this.#line(this.#last, next);
      this.#last = next;
    });
    for (const end of ["pointerup", "pointercancel"]) {
      canvas.addEventListener(end, () => {
        if (this.#last) this.#onChange();
        this.#last = null;
      });
    }
    canvas.addEventListener("keydown", (event) => this.#key(event));
  }

  get isBlank() {
    return !this.#context.getImageData(0, 0, this.#canvas.width, this.#canvas.height).data.some((value, index) => index % 4 === 0 && value > 0);
  }

  clear() {
    this.#context.fillStyle = "#000";
    this.#context.fillRect(0, 0, this.#canvas.width, this.#canvas.height);
  }

  /** Uniform noise in gray, such as no digit has. */
  noise() {
    const { width, height } = this.#canvas;
    const pixels = this.#context.createImageData(width, height);
    for (let i = 0; i < pixels.data.length; i += 4) {
      pixels.data.fill(Math.floor(Math.random() * 256), i, i + 3);
      pixels.data[i + 3] = 255;
    }
    this.#context.putImageData(pixels, 0, 0);
    this.#onChange();
  }

  show(picture) {
    this.#context.drawImage(picture, 0, 0);
  }

  /** The pixels as PNG, as they are. */
  async png() {
    return new Promise((resolve) => this.#canvas.toBlob(resolve, "image/png"));
  }

  #at({ clientX, clientY }) {
    const box = this.#canvas.getBoundingClientRect();
    return { x: ((clientX - box.left) / box.width) * this.#canvas.width, y: ((clientY - box.top) / box.height) * this.#canvas.height };
  }

  #line(from, to) {
    const context = this.#context;
    context.strokeStyle = "#fff";
    context.lineCap = "round";
    context.lineJoin = "round";
    context.lineWidth = 2.4 * this.#scale;
    context.beginPath();
    context.moveTo(from.x, from.y);
    context.lineTo(to.x + 0.01, to.y);
    context.stroke();
    this.#gray();
  }

  /** A browser may soften edges in colours; a model of gray images takes equal channels only. */
  #gray() {
    const pixels = this.#context.getImageData(0, 0, this.#canvas.width, this.#canvas.height);
    for (let i = 0; i < pixels.data.length; i += 4) pixels.data.fill(pixels.data[i + 1], i, i + 3);
    this.#context.putImageData(pixels, 0, 0);
  }

  #key(event) {
    const steps = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    if (event.key === " ") {
      this.#pen.isDown = !this.#pen.isDown;
      event.preventDefault();
      return;
    }
    if (!steps[event.key]) return;
    event.preventDefault();
    const [dx, dy] = steps[event.key].map((step) => step * this.#scale);
    const next = {
      x: Math.min(this.#canvas.width - 1, Math.max(0, this.#pen.x + dx)),
      y: Math.min(this.#canvas.height - 1, Math.max(0, this.#pen.y + dy)),
    };
    if (this.#pen.isDown) {
      this.#line(this.#pen, next);
      this.#onChange();
    }
    this.#pen = { ...next, isDown: this.#pen.isDown };
  }
}
