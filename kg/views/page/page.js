// The graph of #data in, a picture to look at and ask out. No library, no request; all words are set as text, never as HTML.
"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const $ = (id) => document.getElementById(id);
  const canvas = $("canvas");
  const pen = canvas.getContext("2d");
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;

  // ---- What is shown -------------------------------------------------------------------------------------------

  // Colours told apart by eyes of all kinds; shapes say the same again.
  const FAMILIES = {
    Person: { light: "#2f6fde", dark: "#6ba1ff", shape: "circle", plural: "People" },
    Organization: { light: "#7a4fc9", dark: "#b394f5", shape: "square", plural: "Organizations" },
    Group: { light: "#b04a9c", dark: "#e58fd2", shape: "square", plural: "Groups" },
    Country: { light: "#0f7f5f", dark: "#4cc79f", shape: "diamond", plural: "Countries" },
    Place: { light: "#56a03a", dark: "#8fd372", shape: "diamond", plural: "Places" },
    Event: { light: "#d9482b", dark: "#ff8264", shape: "burst", plural: "Events" },
    Position: { light: "#c08a00", dark: "#f0c04a", shape: "triangle", plural: "Positions" },
    Weapon: { light: "#77614d", dark: "#bfa68f", shape: "triangle", plural: "Weapons" },
    Work: { light: "#0f87a8", dark: "#58c5e3", shape: "square", plural: "Works" },
    Law: { light: "#4b6478", dark: "#9fb7cb", shape: "square", plural: "Laws" },
    Other: { light: "#80868e", dark: "#9aa1aa", shape: "circle", plural: "Other things" },
  };
  const DASHES = { asserted: [], disputed: [], alleged: [7, 5], possible: [2, 4], planned: [9, 4, 2, 4], denied: [4, 4], inferred: [] };
  const STANCES = {
    asserted: "stated as a fact", disputed: "stated, and denied", alleged: "alleged", possible: "possible", planned: "planned",
    denied: "denied", inferred: "follows from other facts",
  };

  const UNIT = 62; // pixels of an edge at zoom 1
  const LABEL = 120; // pixels kept free beside the outermost things, for their labels
  const nodes = data.things.map((thing, number) => ({
    ...thing, number, x: thing.x * UNIT, y: thing.y * UNIT, facts: [], near: new Set(), shown: true,
    family: FAMILIES[thing.family] ? thing.family : "Other",
  }));
  const edges = [];
  data.facts.forEach((fact) => {
    fact.way = fact.inferred && fact.stance === "asserted" ? "inferred" : fact.stance;
    nodes[fact.s].facts.push(fact);
    if (fact.o === undefined) return;
    if (fact.o !== fact.s) nodes[fact.o].facts.push(fact);
    nodes[fact.s].near.add(fact.o);
    nodes[fact.o].near.add(fact.s);
    edges.push({ fact, a: nodes[fact.s], b: nodes[fact.o], bend: 0, shown: true });
  });
  bendParallels();
  nodes.forEach((node) => {
    node.radius = Math.min(4.5 + 1.7 * Math.sqrt(node.sources || 1) + 0.9 * Math.sqrt(node.near.size), 21);
    node.rank = node.near.size * 2 + node.sources + node.facts.length * 0.2;
  });
  const byRank = [...nodes].sort((a, b) => b.rank - a.rank || a.number - b.number);
  byRank.forEach((node, place) => (node.place = place));
  const HEADS = Math.min(24, nodes.length / 6); // so many names are written bold
  const hiddenFamilies = new Set();
  const hiddenStances = new Set();

  function bendParallels() {
    const bundles = new Map();
    edges.forEach((edge) => {
      const key = Math.min(edge.a.number, edge.b.number) + " " + Math.max(edge.a.number, edge.b.number);
      if (!bundles.has(key)) bundles.set(key, []);
      bundles.get(key).push(edge);
    });
    bundles.forEach((bundle) => bundle.forEach((edge, place) => {
      const side = edge.a.number < edge.b.number ? 1 : -1;
      edge.bend = side * (place - (bundle.length - 1) / 2) * 26;
      edge.turn = place;
    }));
  }

  // ---- Where we look -------------------------------------------------------------------------------------------

  const view = { x: 0, y: 0, zoom: 1 };
  let width = 0, height = 0, hovered = null, chosen = null, flight = 0, waiting = false;

  const onScreen = (node) => [(node.x - view.x) * view.zoom + width / 2, (node.y - view.y) * view.zoom + height / 2];
  const inWorld = (x, y) => [(x - width / 2) / view.zoom + view.x, (y - height / 2) / view.zoom + view.y];
  const size = (node) => Math.max(node.radius * Math.min(Math.max(Math.sqrt(view.zoom), 0.3), 1.6), 2.4);

  function resize() {
    const ratio = devicePixelRatio || 1;
    width = innerWidth;
    height = innerHeight;
    canvas.width = width * ratio;
    canvas.height = height * ratio;
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    redraw();
  }

  function margins() {
    const wide = width > 640;
    return { left: wide ? 282 : 20, right: !$("panel").hidden && wide ? 420 : 30, top: wide ? 30 : 150, bottom: 36 };
  }

  function box(some) {
    const xs = some.map((node) => node.x), ys = some.map((node) => node.y);
    return { left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys) };
  }

  function goal(some, most) {
    const edge = margins(), hull = box(some);
    const room = [Math.max(width - edge.left - edge.right, 80), Math.max(height - edge.top - edge.bottom, 80)];
    const need = [Math.max(hull.right - hull.left, 1), Math.max(hull.bottom - hull.top, 1)];
    const zoom = Math.min((room[0] - LABEL) / need[0], (room[1] - 40) / need[1], most);
    return {
      zoom,
      x: (hull.left + hull.right) / 2 - (edge.left - edge.right - LABEL * 0.5) / 2 / zoom,
      y: (hull.top + hull.bottom) / 2 - (edge.top - edge.bottom) / 2 / zoom,
    };
  }

  function fly(to) {
    const from = { ...view }, start = performance.now(), mine = ++flight;
    if (still) { Object.assign(view, to); redraw(); return; }
    const step = (now) => {
      if (mine !== flight) return;
      const part = Math.min((now - start) / 320, 1), ease = 1 - Math.pow(1 - part, 3);
      for (const key in to) view[key] = from[key] + (to[key] - from[key]) * ease;
      draw();
      if (part < 1) requestAnimationFrame(step);
    };
    requestAnimationFrame(step);
  }

  function showAll(at_once) {
    const some = nodes.filter((node) => node.shown);
    if (!some.length) return;
    const to = goal(some, 2.4);
    if (at_once) { Object.assign(view, to); redraw(); } else fly(to);
  }

  function zoomBy(factor, x = width / 2, y = height / 2) {
    flight++;
    const [wx, wy] = inWorld(x, y);
    view.zoom = Math.min(Math.max(view.zoom * factor, 0.02), 12);
    view.x = wx - (x - width / 2) / view.zoom;
    view.y = wy - (y - height / 2) / view.zoom;
    redraw();
  }

  // ---- Drawing -------------------------------------------------------------------------------------------------

  let theme = {};
  function readTheme() {
    const style = getComputedStyle(document.documentElement);
    const get = (name) => style.getPropertyValue(name).trim();
    theme = {
      paper: get("--paper"), ink: get("--ink"), soft: get("--soft"), edge: dark.matches ? "#6d7580" : "#9aa0a6",
      alleged: get("--alleged"), possible: get("--alleged"), planned: get("--planned"), denied: get("--denied"), disputed: get("--disputed"),
      asserted: dark.matches ? "#6d7580" : "#9aa0a6", inferred: dark.matches ? "#4d545e" : "#c2c6ca", focus: get("--focus"),
    };
  }
  const colour = (node) => FAMILIES[node.family][dark.matches ? "dark" : "light"];

  function redraw() {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => { waiting = false; draw(); });
  }

  // What is lit: the node or edge under the pointer, else the chosen one, with its neighbours.
  function lit() {
    const focus = hovered || chosen;
    if (!focus) return null;
    if (focus.fact) return { nodes: new Set([focus.a, focus.b]), edges: new Set([focus]), focus };
    const some = new Set([focus]);
    focus.near.forEach((number) => some.add(nodes[number]));
    return { nodes: some, edges: new Set(edges.filter((edge) => edge.a === focus || edge.b === focus)), focus };
  }

  function draw() {
    pen.fillStyle = theme.paper;
    pen.fillRect(0, 0, width, height);
    const light = lit();
    nodes.forEach((node) => { [node.px, node.py] = onScreen(node); node.r = size(node); });
    const shown = edges.filter((edge) => edge.shown && inSight(edge));
    if (light) shown.sort((a, b) => light.edges.has(a) - light.edges.has(b));
    shown.forEach((edge) => drawEdge(edge, light));
    pen.globalAlpha = 1;
    pen.setLineDash([]);
    const present = byRank.filter((node) => node.shown && visible(node)).reverse();
    if (light) present.sort((a, b) => light.nodes.has(a) - light.nodes.has(b));
    present.forEach((node) => drawNode(node, light));
    pen.globalAlpha = 1;
    drawLabels(light, shown);
  }

  const visible = (node) => node.px > -60 && node.px < width + 60 && node.py > -40 && node.py < height + 40;
  function inSight({ a, b }) {
    const far = 80;
    return Math.max(a.px, b.px) > -far && Math.min(a.px, b.px) < width + far && Math.max(a.py, b.py) > -far && Math.min(a.py, b.py) < height + far;
  }

  // The middle of a bent edge, as the control point of its curve.
  function control(edge) {
    const dx = edge.b.px - edge.a.px, dy = edge.b.py - edge.a.py, length = Math.hypot(dx, dy) || 1;
    const bend = edge.bend * Math.min(view.zoom, 1.6) * 1.1;
    return [(edge.a.px + edge.b.px) / 2 - (dy / length) * bend, (edge.a.py + edge.b.py) / 2 + (dx / length) * bend];
  }

  function drawEdge(edge, light) {
    const bright = light && light.edges.has(edge);
    const { fact, a, b } = edge;
    pen.globalAlpha = light ? (bright ? 1 : 0.13) : fact.way === "inferred" ? 0.75 : 0.85;
    pen.strokeStyle = pen.fillStyle = bright && fact.way === "asserted" ? theme.ink : theme[fact.way];
    const thin = Math.min(Math.max(view.zoom, 0.45), 1.3);
    pen.lineWidth = ((fact.way === "inferred" ? 0.9 : 1.1) + Math.min(Math.sqrt(fact.sources) - 1, 2) * 0.8 + (bright ? 0.6 : 0)) * thin;
    pen.setLineDash(DASHES[fact.way].map((dash) => dash * thin));
    pen.beginPath();
    if (a === b) return drawLoop(edge);
    const [cx, cy] = control(edge);
    const [tx, ty] = towards(b, cx, cy), [sx, sy] = towards(a, cx, cy);
    pen.moveTo(sx, sy);
    if (edge.bend) pen.quadraticCurveTo(cx, cy, tx, ty); else pen.lineTo(tx, ty);
    pen.stroke();
    if (view.zoom > 0.42 || bright) arrow(tx, ty, Math.atan2(ty - cy, tx - cx), (bright ? 7.5 : 6) * thin + 1);
  }

  function drawLoop({ a, turn }) {
    const r = a.r + 7 + turn * 4;
    pen.arc(a.px, a.py - a.r - r * 0.6, r, 0, Math.PI * 2);
    pen.stroke();
  }

  function towards(node, x, y) {
    const dx = x - node.px, dy = y - node.py, length = Math.hypot(dx, dy) || 1, gap = node.r + 2;
    return [node.px + (dx / length) * gap, node.py + (dy / length) * gap];
  }

  function arrow(x, y, angle, length) {
    pen.setLineDash([]);
    pen.beginPath();
    pen.moveTo(x, y);
    pen.lineTo(x - length * Math.cos(angle - 0.42), y - length * Math.sin(angle - 0.42));
    pen.lineTo(x - length * Math.cos(angle + 0.42), y - length * Math.sin(angle + 0.42));
    pen.closePath();
    pen.fill();
  }

  function outline(ink, shape, x, y, r) {
    ink.beginPath();
    if (shape === "circle") ink.arc(x, y, r, 0, Math.PI * 2);
    else if (shape === "square") ink.roundRect(x - r * 0.9, y - r * 0.9, r * 1.8, r * 1.8, r * 0.35);
    else if (shape === "diamond") polygon(ink, x, y, [r * 1.16], 4, -Math.PI / 2);
    else if (shape === "triangle") polygon(ink, x, y + r * 0.15, [r * 1.22], 3, -Math.PI / 2);
    else polygon(ink, x, y, [r * 1.2, r * 0.82], 16, -Math.PI / 2);
  }

  function polygon(ink, x, y, radii, corners, start) {
    for (let corner = 0; corner < corners; corner++) {
      const angle = start + (corner * Math.PI * 2) / corners, r = radii[corner % radii.length];
      ink.lineTo(x + r * Math.cos(angle), y + r * Math.sin(angle));
    }
    ink.closePath();
  }

  function drawNode(node, light) {
    pen.globalAlpha = light && !light.nodes.has(node) ? 0.16 : 1;
    outline(pen, FAMILIES[node.family].shape, node.px, node.py, node.r);
    pen.fillStyle = colour(node);
    pen.fill();
    pen.lineWidth = Math.min(1.5, node.r / 4);
    pen.strokeStyle = theme.paper;
    pen.stroke();
    if (node === chosen || (node === hovered && node !== chosen)) {
      outline(pen, "circle", node.px, node.py, node.r * 1.25 + 3);
      pen.lineWidth = 2;
      pen.strokeStyle = node === chosen ? theme.focus : theme.soft;
      pen.stroke();
    }
  }

  // Labels: the most telling first, none over another, none over a greater node. More appear as one comes closer.
  const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif';
  const widths = new Map();
  function measure(text, font) {
    const key = font + text;
    if (!widths.has(key)) { pen.font = font; widths.set(key, pen.measureText(text).width); }
    return widths.get(key);
  }
  const MANY = nodes.length > 400;
  const SMALL = MANY ? 4.6 : 0; // a thing of fewer pixels may lie under the label of a more telling one
  const AREA = MANY ? 15000 : 8000; // square pixels of the window for each label
  const short = (text, most) => (text.length > most ? text.slice(0, most - 1).trimEnd() + "…" : text);

  function drawLabels(light, shownEdges) {
    const taken = new Map();
    const cells = function* (area) {
      for (let x = Math.floor(area[0] / 64); x <= Math.floor(area[2] / 64); x++)
        for (let y = Math.floor(area[1] / 32); y <= Math.floor(area[3] / 32); y++) yield x * 4096 + y;
    };
    const free = (area, self) => {
      for (const cell of cells(area)) for (const other of taken.get(cell) || [])
        if (other[4] !== self && area[0] < other[2] && area[2] > other[0] && area[1] < other[3] && area[3] > other[1]) return false;
      return true;
    };
    const take = (area) => { for (const cell of cells(area)) { if (!taken.has(cell)) taken.set(cell, []); taken.get(cell).push(area); } };
    const order = byRank.filter((node) => node.shown && visible(node) && (!light || light.nodes.has(node)));
    if (light) order.sort((a, b) => (b === light.focus) - (a === light.focus));
    const cards = ["card", "panel", "zoom"].filter((id) => !$(id).hidden).map((id) => $(id).getBoundingClientRect());
    cards.forEach((card) => take([card.left, card.top, card.right, card.bottom, null]));
    const dots = order.filter((node) => node.r > SMALL);
    dots.forEach((node) => { const r = node.r * 0.8; take([node.px - r, node.py - r, node.px + r, node.py + r, node]); });
    pen.textBaseline = "middle";
    pen.lineJoin = "round";
    let left = light ? Infinity : Math.max((width * height) / AREA, 12);
    for (const node of order) if (left > 0 && labelNode(node, node === (light && light.focus), free, take)) left--;
    if (view.zoom > 0.8 || light || shownEdges.length < 90) labelEdges(light, shownEdges, free, take);
  }

  function labelNode(node, first, free, take) {
    const big = Math.min(11.5 + Math.sqrt(node.rank) * 0.55, 15.5) * Math.min(Math.max(view.zoom, 0.92), 1.12);
    const font = `${node.place < HEADS || first ? 600 : 400} ${big.toFixed(1)}px ${FONT}`;
    const text = short(node.label, first ? 80 : view.zoom > 1.5 ? 48 : 30), wide = measure(text, font), r = node.r + 4;
    const half = big * 0.62;
    const busy = sides(node);
    const places = [
      [node.px + r, node.py, busy[0]], [node.px - wide / 2, node.py + r + half, busy[1] + 0.5],
      [node.px - wide / 2, node.py - r - half, busy[3] + 0.6], [node.px - r - wide, node.py, busy[2] + 0.4],
    ].sort((a, b) => a[2] - b[2]);
    for (const [x, y] of places) {
      const area = [x - 2, y - half, x + wide + 2, y + half, node];
      if (area[0] > 2 && area[2] < width - 2 && free(area, node)) return write(text, font, x, y, theme.ink, area, take);
    }
    return first && write(text, font, places[0][0], places[0][1], theme.ink, [0, 0, 0, 0, node], () => {});
  }

  // How many edges leave a thing to the right, below, to the left and above: labels go where fewest are.
  function sides(node) {
    const busy = [0, 0, 0, 0];
    for (const number of node.near) {
      const other = nodes[number], quarter = Math.atan2(other.y - node.y, other.x - node.x) / (Math.PI / 2);
      if (other.shown) busy[(Math.round(quarter) + 4) % 4] += 1;
    }
    return busy;
  }

  function write(text, font, x, y, fill, area, take) {
    take(area);
    pen.font = font;
    pen.textAlign = "left";
    pen.lineWidth = 3.5;
    pen.strokeStyle = theme.paper;
    pen.strokeText(text, x, y);
    pen.fillStyle = fill;
    pen.fillText(text, x, y);
    return true;
  }

  function labelEdges(light, shown, free, take) {
    const font = `400 ${(10.5 * Math.min(Math.max(view.zoom, 1), 1.15)).toFixed(1)}px ${FONT}`;
    shown.forEach((edge) => {
      if ((light && !light.edges.has(edge)) || edge.a === edge.b) return;
      const [cx, cy] = control(edge), sx = (edge.a.px + edge.b.px) / 2, sy = (edge.a.py + edge.b.py) / 2;
      const x = (cx + sx) / 2, y = (cy + sy) / 2, wide = measure(edge.fact.label, font);
      const length = Math.hypot(edge.b.px - edge.a.px, edge.b.py - edge.a.py) - edge.a.r - edge.b.r;
      const area = [x - wide / 2 - 2, y - 7, x + wide / 2 + 2, y + 7, edge];
      if (length > wide * 0.75 && free(area, edge)) write(edge.fact.label, font, x - wide / 2, y, theme.soft, area, take);
    });
  }

  // ---- Asking: what is under the pointer -------------------------------------------------------------------------

  function nodeAt(x, y) {
    let best = null, least = 1;
    for (const node of nodes) {
      if (!node.shown) continue;
      const part = Math.hypot(node.px - x, node.py - y) / (node.r + 5);
      if (part < least) { least = part; best = node; }
    }
    return best;
  }

  function edgeAt(x, y) {
    let best = null, least = 6;
    for (const edge of edges) {
      if (!edge.shown || !inSight(edge)) continue;
      const away = edge.a === edge.b ? awayFromLoop(edge, x, y) : awayFrom(edge, x, y);
      if (away < least) { least = away; best = edge; }
    }
    return best;
  }

  function awayFromLoop({ a, turn }, x, y) {
    const r = a.r + 7 + turn * 4;
    return Math.abs(Math.hypot(x - a.px, y - (a.py - a.r - r * 0.6)) - r);
  }

  function awayFrom(edge, x, y) {
    const [cx, cy] = control(edge), { a, b } = edge, reach = Math.abs(edge.bend) * 2 + 8;
    if (x < Math.min(a.px, b.px) - reach || x > Math.max(a.px, b.px) + reach || y < Math.min(a.py, b.py) - reach || y > Math.max(a.py, b.py) + reach) return 99;
    let least = 99, lx = a.px, ly = a.py;
    for (let step = 1; step <= 14; step++) {
      const t = step / 14, u = 1 - t;
      const nx = u * u * a.px + 2 * u * t * cx + t * t * b.px, ny = u * u * a.py + 2 * u * t * cy + t * t * b.py;
      least = Math.min(least, awayFromLine(x, y, lx, ly, nx, ny));
      lx = nx; ly = ny;
    }
    return least;
  }

  function awayFromLine(x, y, ax, ay, bx, by) {
    const dx = bx - ax, dy = by - ay, long = dx * dx + dy * dy || 1;
    const part = Math.min(Math.max(((x - ax) * dx + (y - ay) * dy) / long, 0), 1);
    return Math.hypot(x - ax - part * dx, y - ay - part * dy);
  }

  // ---- The panel -----------------------------------------------------------------------------------------------

  function make(tag, name, ...inside) {
    const element = document.createElement(tag);
    if (name) element.className = name;
    element.append(...inside.filter((part) => part !== null && part !== undefined && part !== ""));
    return element;
  }
  const own = (text) => { const part = make("bdi", "", text); return part; };

  function linkTo(node) {
    const button = make("button", "link", own(node.label));
    button.type = "button";
    button.addEventListener("click", () => choose(node, true));
    return button;
  }

  const badge = (stance) => (stance === "asserted" ? null : make("span", "badge " + stance, stance));
  const counted = (count, one, many) => `${count.toLocaleString()} ${count === 1 ? one : many}`;

  function choose(what, move) {
    chosen = what;
    hovered = null;
    $("panel").hidden = !what;
    $("zoom").classList.toggle("aside", Boolean(what));
    if (what) {
      $("details").replaceChildren(...(what.fact ? aboutEdge(what) : aboutNode(what)));
      $("panel").scrollTop = 0;
      $("news").textContent = what.fact ? spoken(what.fact) : `${what.label}, ${what.kind}, ${counted(what.facts.length, "fact", "facts")}`;
      if (move) bringIn(what);
    }
    location.replace("#" + (what && !what.fact ? encodeURIComponent(what.iri) : ""));
    redraw();
  }

  const spoken = (fact) => `${nodes[fact.s].label} ${fact.label} ${fact.o === undefined ? fact.value : nodes[fact.o].label}, ${fact.stance}`;

  function bringIn(what) {
    const node = what.fact ? what.a : what;
    const to = goal([node], Math.max(view.zoom, 1));
    const edge = margins(), [x, y] = onScreen(node);
    const inside = x > edge.left && x < width - edge.right && y > edge.top && y < height - edge.bottom;
    if (!inside || view.zoom < 0.6) fly(to);
  }

  function aboutNode(node) {
    const parts = [make("h2", "", own(node.label)), make("p", "soft kind", sample(node.family), words(node.kind))];
    if (node.aliases.length) parts.push(make("p", "soft", "also: ", own(node.aliases.join(" · "))));
    const numbers = [
      node.mentions && counted(node.mentions, "mention", "mentions"), node.documents && counted(node.documents, "document", "documents"),
      node.sources && counted(node.sources, "source", "sources"), said(node),
    ];
    parts.push(make("p", "soft", numbers.filter(Boolean).join(" · ")));
    if (node.measures) parts.push(make("p", "soft", Object.entries(node.measures).map(([name, value]) => `${name} ${value}`).join(" · ")));
    grouped(node).forEach(([heading, facts]) => parts.push(make("h3", "", heading), ...facts.map((fact) => row(fact, node))));
    return parts;
  }

  const words = (kind) => kind.replace(/([a-z])([A-Z])/g, (_, a, b) => a + " " + b.toLowerCase());

  // Facts of one relation together; those that point here are told from the other side.
  function grouped(node) {
    const groups = new Map();
    [...node.facts].filter((fact) => !hiddenStances.has(fact.way)).sort((a, b) => (b.s === node.number) - (a.s === node.number)).forEach((fact) => {
      const heading = fact.s === node.number ? fact.label : `… ${fact.label} ${short(node.label, 24)}`;
      if (!groups.has(heading)) groups.set(heading, []);
      groups.get(heading).push(fact);
    });
    return [...groups];
  }

  function row(fact, from) {
    const other = fact.o === undefined ? own(fact.value) : linkTo(nodes[fact.s === from.number ? fact.o : fact.s]);
    const line = make("summary", "", make("span", "told", other, fact.time ? make("span", "soft", "  " + fact.time) : ""), badge(fact.stance),
      fact.inferred ? badge("inferred") : "", fact.sources > 1 ? make("span", "soft", counted(fact.sources, "source", "sources")) : "");
    const whole = make("details", "fact", line, ...proof(fact));
    whole.open = fact.evidence.length === 1 && from.facts.length < 9;
    return whole;
  }

  function aboutEdge({ fact, a, b }) {
    const head = make("h2", "", linkTo(a), ` ${fact.label} `, linkTo(b));
    const notes = [STANCES[fact.stance], fact.inferred && STANCES.inferred, fact.time && `time: ${fact.time}`, counted(fact.sources, "source", "sources"), said(fact)];
    return [head, make("p", "soft", notes.filter(Boolean).join(" · ")), make("h3", "", "Evidence"), ...proof(fact)];
  }

  const said = ({ first, last }) => (first ? (last && last !== first ? `said ${day(first)} to ${day(last)}` : `said ${day(first)}`) : "");
  const day = (time) => time.slice(0, 10);

  function proof(fact) {
    if (!fact.evidence.length) return [make("p", "origin", fact.inferred ? "Follows from other facts by the ontology." : "No words of its own.")];
    return fact.evidence.flatMap((item) => {
      const paper = data.papers[item.p];
      const quote = make("blockquote", "", "“", own(item.quote), "” ", badge(item.stance));
      const who = [item.speaker && `said by ${item.speaker}`, item.via && `via ${item.via}`].filter(Boolean).join(", ");
      return [quote, who ? make("p", "origin", own(who)) : "", make("p", "origin", ...origin(paper, item))].filter(Boolean);
    });
  }

  function origin(paper, item) {
    const title = own(paper.title || "untitled document " + paper.id);
    let named = title;
    if (paper.url && /^https?:\/\//i.test(paper.url)) {
      named = make("a", "", title);
      named.href = paper.url;
      named.target = "_blank";
      named.rel = "noopener noreferrer";
    }
    const rest = [paper.source, paper.published && day(paper.published), `characters ${item.start}–${item.end}`].filter(Boolean).join(" · ");
    return [named, make("br"), own(rest)];
  }

  // ---- Legend --------------------------------------------------------------------------------------------------

  function sample(family) {
    const small = document.createElement("canvas");
    const ratio = devicePixelRatio || 1;
    small.width = 16 * ratio;
    small.height = 16 * ratio;
    small.style.cssText = "position:static;width:16px;height:16px;pointer-events:none;flex:none";
    const ink = small.getContext("2d");
    ink.scale(ratio, ratio);
    outline(ink, FAMILIES[family].shape, 8, 8, 6);
    ink.fillStyle = FAMILIES[family][dark.matches ? "dark" : "light"];
    ink.fill();
    return small;
  }

  function line(way) {
    const small = document.createElement("canvas");
    const ratio = devicePixelRatio || 1;
    small.width = 26 * ratio;
    small.height = 16 * ratio;
    const ink = small.getContext("2d");
    ink.scale(ratio, ratio);
    ink.strokeStyle = theme[way];
    ink.lineWidth = way === "inferred" ? 1.2 : 1.9;
    ink.setLineDash(DASHES[way]);
    ink.beginPath();
    ink.moveTo(0, 8);
    ink.lineTo(26, 8);
    ink.stroke();
    return small;
  }

  function tally(keys) {
    const counts = new Map();
    keys.forEach((key) => counts.set(key, (counts.get(key) || 0) + 1));
    return counts;
  }

  function legend() {
    const families = tally(nodes.map((node) => node.family));
    $("families").replaceChildren(...Object.keys(FAMILIES).filter((family) => families.has(family)).map((family) =>
      entry(sample(family), FAMILIES[family].plural, families.get(family), hiddenFamilies, family, [...families.keys()])));
    const ways = tally(data.facts.map((fact) => fact.way));
    $("stances").replaceChildren(...Object.keys(DASHES).filter((way) => ways.has(way)).map((way) =>
      entry(line(way), way === "asserted" ? "stated" : way, ways.get(way), hiddenStances, way, [...ways.keys()], STANCES[way])));
  }

  function entry(picture, name, count, hidden, key, all, hint) {
    const button = make("button", "", picture, make("span", "name", name), make("span", "count", count.toLocaleString()));
    button.type = "button";
    button.title = (hint ? hint + ". " : "") + "Click: hide or show. Shift-click: only this.";
    button.setAttribute("aria-pressed", String(!hidden.has(key)));
    button.addEventListener("click", (event) => {
      if (event.shiftKey) {
        const alone = all.every((other) => hidden.has(other) === (other !== key));
        all.forEach((other) => (alone || other === key ? hidden.delete(other) : hidden.add(other)));
      } else if (!hidden.delete(key)) hidden.add(key);
      filter();
      legend();
      [...button.ownerDocument.querySelectorAll("#legend button .name")].find((other) => other.textContent === name).parentNode.focus();
    });
    return button;
  }

  function filter() {
    nodes.forEach((node) => (node.shown = !hiddenFamilies.has(node.family)));
    edges.forEach((edge) => (edge.shown = edge.a.shown && edge.b.shown && !hiddenStances.has(edge.fact.way)));
    if (chosen && !(chosen.fact ? edges.find((edge) => edge === chosen && edge.shown) : chosen.shown)) choose(null);
    counts();
    redraw();
  }

  function counts() {
    const things = nodes.filter((node) => node.shown).length, facts = edges.filter((edge) => edge.shown).length;
    const parts = [counted(things, "thing", "things"), counted(facts, "link", "links"), counted(data.papers.length, "document", "documents")];
    $("counts").textContent = parts.join(" · ");
    $("left_out").hidden = !data.left_out;
    $("left_out").textContent = `${(data.left_out || 0).toLocaleString()} lesser things are left out. Narrow it to see all of a part: kg export --about NAME`;
  }

  // ---- Search --------------------------------------------------------------------------------------------------

  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const index = nodes.map((node) => [node, plain([node.label, ...node.aliases].join("\n"))]);
  let found = [], place = -1;

  function search() {
    const asked = plain($("search").value.trim());
    found = asked ? index.filter(([node, text]) => node.shown && text.includes(asked)).map(([node, text]) => [node, text.startsWith(asked)]) : [];
    found = found.sort((a, b) => b[1] - a[1] || b[0].rank - a[0].rank).slice(0, 12).map(([node]) => node);
    place = found.length ? 0 : -1;
    listFound(Boolean(asked));
  }

  function listFound(open) {
    const list = $("found");
    list.hidden = !open;
    $("search").setAttribute("aria-expanded", String(open));
    list.replaceChildren(...found.map((node, number) => {
      const item = make("li", "", own(node.label), make("small", "", "  " + words(node.kind)));
      item.id = "found" + number;
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", String(number === place));
      item.addEventListener("pointerdown", (event) => { event.preventDefault(); pick(node); });
      return item;
    }));
    if (open && !found.length) list.append(make("li", "soft", "nothing by that name"));
    if (place >= 0) $("search").setAttribute("aria-activedescendant", "found" + place);
    else $("search").removeAttribute("aria-activedescendant");
    if (place >= 0 && open) list.children[place].scrollIntoView({ block: "nearest" });
  }

  function pick(node) {
    listFound(false);
    choose(node, true);
    fly(goal([node, ...[...node.near].map((number) => nodes[number])], Math.max(Math.min(view.zoom, 1.5), 1.1)));
    canvas.focus({ preventScroll: true });
  }

  $("search").addEventListener("input", search);
  $("search").addEventListener("focus", search);
  $("search").addEventListener("blur", () => listFound(false));
  $("search").addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (found.length) place = (place + (event.key === "ArrowDown" ? 1 : found.length - 1)) % found.length;
      listFound(true);
    } else if (event.key === "Enter" && found[place]) pick(found[place]);
    else if (event.key === "Escape") { $("search").value = ""; listFound(false); canvas.focus(); }
    event.stopPropagation();
  });

  // ---- Pointer and keys ------------------------------------------------------------------------------------------

  const pointers = new Map();
  let held = null, moved = false, pinch = 0;

  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    pointers.set(event.pointerId, [event.clientX, event.clientY]);
    flight++;
    moved = false;
    held = pointers.size === 1 ? nodeAt(event.clientX, event.clientY) : null;
    pinch = 0;
  });

  canvas.addEventListener("pointermove", (event) => {
    const last = pointers.get(event.pointerId);
    if (!last) return hover(event.clientX, event.clientY);
    const dx = event.clientX - last[0], dy = event.clientY - last[1];
    if (!moved && Math.hypot(dx, dy) < 4) return;
    moved = true;
    pointers.set(event.pointerId, [event.clientX, event.clientY]);
    canvas.classList.add("moving");
    if (pointers.size > 1) return pinched();
    if (held) { held.x += dx / view.zoom; held.y += dy / view.zoom; } else { view.x -= dx / view.zoom; view.y -= dy / view.zoom; }
    redraw();
  });

  function pinched() {
    const [a, b] = [...pointers.values()], apart = Math.hypot(a[0] - b[0], a[1] - b[1]);
    if (pinch) zoomBy(apart / pinch, (a[0] + b[0]) / 2, (a[1] + b[1]) / 2);
    pinch = apart;
  }

  function released(event) {
    const mine = pointers.delete(event.pointerId);
    canvas.classList.remove("moving");
    if (mine && !moved && event.type === "pointerup") choose(nodeAt(event.clientX, event.clientY) || edgeAt(event.clientX, event.clientY));
    held = null;
    pinch = 0;
  }
  canvas.addEventListener("pointerup", released);
  canvas.addEventListener("pointercancel", released);
  canvas.addEventListener("pointerleave", () => hover(-1e6, -1e6));

  function hover(x, y) {
    const now = nodeAt(x, y) || edgeAt(x, y);
    if (now === hovered) return;
    hovered = now;
    canvas.classList.toggle("over", Boolean(now));
    redraw();
  }

  canvas.addEventListener("wheel", (event) => {
    event.preventDefault();
    const lines = event.deltaMode === 1 ? 24 : 1;
    zoomBy(Math.exp(-event.deltaY * lines * (event.ctrlKey ? 0.01 : 0.0016)), event.clientX, event.clientY);
  }, { passive: false });
  canvas.addEventListener("dblclick", (event) => zoomBy(1.8, event.clientX, event.clientY));

  const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  const KEYS = {
    "+": () => zoomBy(1.3), "=": () => zoomBy(1.3), "-": () => zoomBy(1 / 1.3), "0": () => showAll(), Escape: () => choose(null),
    "/": () => $("search").focus(), n: () => neighbour(1), p: () => neighbour(-1),
    Enter: () => { if (chosen) $("panel").querySelector("summary, .link, a").focus(); else choose(byRank.find((node) => node.shown) || null, true); },
  };

  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape" && document.activeElement !== canvas) canvas.focus();
    const atCanvas = document.activeElement === canvas || document.activeElement === document.body;
    if (!atCanvas && event.key !== "Escape" && event.key !== "/") return;
    if (ARROWS[event.key]) step(...ARROWS[event.key]);
    else if (KEYS[event.key]) KEYS[event.key]();
    else return;
    event.preventDefault();
  });

  // With something chosen, an arrow key goes to the nearest thing that way; else it moves the picture.
  function step(dx, dy) {
    if (!chosen || chosen.fact) { view.x += (dx * 80) / view.zoom; view.y += (dy * 80) / view.zoom; return redraw(); }
    let best = null, least = Infinity;
    for (const node of nodes) {
      const along = (node.x - chosen.x) * dx + (node.y - chosen.y) * dy, across = Math.abs((node.x - chosen.x) * dy) + Math.abs((node.y - chosen.y) * dx);
      if (!node.shown || along <= 0 || across > along * 1.4) continue;
      const cost = Math.hypot(along, across * 2) * (chosen.near.has(node.number) ? 0.6 : 1);
      if (cost < least) { least = cost; best = node; }
    }
    if (best) choose(best, true);
  }

  // Round the neighbours of the thing that was chosen before going round.
  let hub = null, spoke = -1;
  function neighbour(way) {
    if (!chosen || chosen.fact) return;
    if (!hub || (chosen !== hub && !hub.near.has(chosen.number))) { hub = chosen; spoke = -1; }
    const around = [...hub.near].filter((number) => nodes[number].shown);
    if (!around.length) return;
    spoke = (spoke + way + around.length) % around.length;
    choose(nodes[around[spoke]], true);
  }

  $("close").addEventListener("click", () => { choose(null); canvas.focus(); });
  $("closer").addEventListener("click", () => zoomBy(1.4));
  $("farther").addEventListener("click", () => zoomBy(1 / 1.4));
  $("whole").addEventListener("click", () => showAll());
  dark.addEventListener("change", () => { readTheme(); legend(); redraw(); });
  addEventListener("resize", resize);

  // ---- Start ---------------------------------------------------------------------------------------------------

  $("title").textContent = data.title;
  if (innerWidth <= 640) $("legend").open = false;
  readTheme();
  legend();
  counts();
  resize();
  showAll(true);
  const wanted = decodeURIComponent(location.hash.slice(1));
  const first = wanted && nodes.find((node) => node.iri === wanted);
  if (first) { choose(first); Object.assign(view, goal([first, ...[...first.near].map((number) => nodes[number])], 1.5)); redraw(); }
})();
