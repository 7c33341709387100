// The picture of the graph page: things and facts by JSON in, drawn by Cytoscape. What is shown stands in the address.
"use strict";
(() => {
  const $ = (id) => document.getElementById(id);
  const canvas = $("canvas");
  const MOST = Number(canvas.dataset.most);
  const asked = new URLSearchParams(location.search);
  const of = new Set(asked.getAll("of")), hidden = new Set(asked.getAll("hide")), without = new Set(asked.getAll("without"));
  const SHAPES = { Person: "ellipse", Organization: "round-rectangle", Group: "round-rectangle", Country: "diamond", Place: "diamond", Event: "star", Position: "triangle" };
  const DASHED = ["alleged", "possible", "planned", "denied"];
  let until = "";

  const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const colour = (family) => css(`--${family.toLowerCase()}`) || css("--other");
  const short = (text, most) => (text.length > most ? `${text.slice(0, most - 1)}…` : text);

  const style = () => [
    { selector: "node", style: {
      label: (node) => short(node.data("name"), 28), color: css("--ink"), "font-size": 12, "text-valign": "bottom", "text-margin-y": 3, "min-zoomed-font-size": 7,
      "text-outline-color": css("--card"), "text-outline-width": 2, "background-color": (node) => colour(node.data("family")),
      shape: (node) => SHAPES[node.data("family")] || "ellipse",
      width: (node) => 16 + 7 * Math.sqrt(node.data("sources")), height: (node) => 16 + 7 * Math.sqrt(node.data("sources")),
      "border-width": (node) => (node.data("opened") ? 3 : 0), "border-color": css("--ink"),
    } },
    { selector: "edge", style: {
      width: (edge) => 1 + Math.sqrt(edge.data("sources") || 0) * 0.7, "line-color": (edge) => stance(edge), "target-arrow-color": (edge) => stance(edge),
      "target-arrow-shape": "triangle", "curve-style": "bezier", "arrow-scale": 0.8, "line-style": (edge) => (DASHED.includes(edge.data("stance")) ? "dashed" : "solid"),
      label: (edge) => edge.data("relation"), "font-size": 9, color: css("--soft"), "text-rotation": "autorotate", "min-zoomed-font-size": 8,
      "text-outline-color": css("--card"), "text-outline-width": 2,
    } },
    { selector: ".gone", style: { display: "none" } },
    { selector: ":selected", style: { "border-width": 4, "border-color": css("--focus"), "line-color": css("--focus"), "target-arrow-color": css("--focus") } },
    { selector: ".way", style: { "border-width": 4, "border-color": css("--disputed"), "line-color": css("--disputed"), "target-arrow-color": css("--disputed"), width: 4 } },
  ];
  const stance = (edge) => ({ alleged: css("--alleged"), possible: css("--alleged"), planned: css("--planned"), denied: css("--denied"), disputed: css("--disputed") })[edge.data("stance")] || css("--soft");

  const cy = cytoscape({ container: canvas, style: style(), minZoom: 0.05, maxZoom: 4, textureOnViewport: false });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => cy.style(style()));
  const say = (text) => { $("told").textContent = text; };

  // ---- What is shown ---------------------------------------------------------------------------------------------

  function place() {
    const query = new URLSearchParams();
    of.forEach((iri) => query.append("of", iri));
    $("gexf").href = `/graph.gexf?${query}`;
    hidden.forEach((iri) => query.append("hide", iri));
    without.forEach((name) => query.append("without", name));
    history.replaceState(null, "", query.size ? `?${query}` : location.pathname);
  }

  async function open(iris) {
    if (!iris.length) return refresh();
    const query = new URLSearchParams(iris.map((iri) => ["of", iri]));
    const answer = await fetch(`/graph.json?${query}`);
    if (!answer.ok) return say((await answer.json()).error);
    const found = await answer.json();
    const known = new Set(cy.nodes().map((node) => node.id()));
    const fresh = found.nodes.filter((node) => !known.has(node.id));
    if (known.size + fresh.length > MOST) return say(`That would be ${known.size + fresh.length} things; a picture holds ${MOST}. Hide some, or begin elsewhere.`);
    iris.forEach((iri) => { of.add(iri); hidden.delete(iri); });
    add(found, fresh, known, iris[0]);
    $("hint")?.remove();
    refresh();
    if (found.more) say(`Not all fits: these are the facts of most sources. ${$("told").textContent}`);
  }

  function add(found, fresh, known, around) {
    const centre = known.size && cy.getElementById(around).nonempty() ? cy.getElementById(around).position() : null;
    const from = found.nodes.find((node) => node.id === around) || { x: 0, y: 0 };
    const aside = known.size && !centre ? cy.elements().boundingBox().x2 + 300 : 0;
    cy.add(fresh.map((node) => ({ group: "nodes", data: node, position: centre ? { x: centre.x + node.x - from.x, y: centre.y + node.y - from.y } : { x: node.x + aside, y: node.y } })));
    found.nodes.filter((node) => node.opened).forEach((node) => cy.getElementById(node.id).data("opened", true));
    cy.add(found.edges.filter((edge) => cy.getElementById(edge.id).empty()).map((edge) => ({ group: "edges", data: edge })));
    if (known.size && cy.nodes().length < 600) cy.layout({ name: "cose", randomize: false, animate: false, nodeRepulsion: 9000, idealEdgeLength: 110, numIter: 250 }).run();
    cy.fit(undefined, 40);
  }

  function refresh() {
    cy.batch(() => {
      cy.edges().forEach((edge) => edge.toggleClass("gone", without.has(edge.data("relation")) || (until && (edge.data("since") || "") > until)));
      cy.nodes().forEach((node) => {
        const alone = !of.has(node.id()) && node.connectedEdges().every((edge) => edge.hasClass("gone"));
        node.toggleClass("gone", hidden.has(node.id()) || alone);
      });
    });
    const nodes = cy.nodes(":visible"), edges = cy.edges(":visible");
    if (cy.nodes().length) say(`${nodes.length} things, ${edges.length} facts`);
    relations(); legend(); ends(nodes); words(edges); days(); place();
  }

  // ---- The tools beside it ---------------------------------------------------------------------------------------

  function relations() {
    const names = [...new Set(cy.edges().map((edge) => edge.data("relation")))].sort();
    const boxes = names.map((name) => {
      const label = document.createElement("label"), box = document.createElement("input");
      box.type = "checkbox";
      box.checked = !without.has(name);
      box.addEventListener("change", () => { if (box.checked) without.delete(name); else without.add(name); refresh(); });
      label.append(box, ` ${name}`);
      return label;
    });
    const focused = [...$("relations").querySelectorAll("input")].indexOf(document.activeElement);
    $("relations").replaceChildren($("relations").firstElementChild, ...boxes);
    if (focused >= 0) $("relations").querySelectorAll("input")[focused]?.focus();
  }

  function legend() {
    const families = [...new Set(cy.nodes(":visible").map((node) => node.data("family")))].sort();
    $("legend").replaceChildren(...families.map((family) => {
      const item = document.createElement("li"), name = document.createElement("span");
      name.className = `thing ${family.toLowerCase()}`;
      name.textContent = family;
      item.append(name);
      return item;
    }));
  }

  function ends(nodes) {
    const names = nodes.map((node) => [node.id(), node.data("name")]).sort((a, b) => a[1].localeCompare(b[1]));
    for (const id of ["from", "to"]) {
      const kept = $(id).value;
      $(id).replaceChildren(...names.map(([iri, name]) => new Option(name, iri, false, iri === kept)));
    }
  }

  function words(edges) {
    const link = (node) => Object.assign(document.createElement("a"), { href: node.data("page"), textContent: node.data("name") });
    $("list").replaceChildren(...edges.map((edge) => {
      const item = document.createElement("li");
      const relation = edge.data("sentence") ? Object.assign(document.createElement("a"), { href: edge.data("sentence") }) : document.createElement("span");
      relation.className = "relation";
      relation.textContent = edge.data("relation");
      item.append(link(edge.source()), " ", relation, " ", link(edge.target()));
      return item;
    }));
  }

  function days() {
    const known = [...new Set(cy.edges().map((edge) => edge.data("since")).filter(Boolean))].sort();
    const slider = $("until");
    if (slider.days && slider.days.length === known.length) return;
    slider.days = known;
    slider.max = String(Math.max(known.length - 1, 0));
    slider.value = slider.max;
    $("until-day").textContent = known.length ? known[known.length - 1].slice(0, 10) : "no days are known";
  }

  $("until").addEventListener("input", ({ target }) => {
    const last = Number(target.value) >= target.days.length - 1;
    until = last ? "" : target.days[Number(target.value)];
    $("until-day").textContent = (target.days[Number(target.value)] || "").slice(0, 10);
    refresh();
  });

  function select(node) {
    $("selected").hidden = !node;
    if (!node) return;
    $("selected").querySelector("h2").textContent = node.data("name");
    $("selected").querySelector("p").textContent = node.data("kind");
    $("selected").querySelector(".page").href = node.data("page");
    $("expand").disabled = Boolean(node.data("opened"));
  }
  const chosen = () => cy.nodes(":selected").first();
  cy.on("select", "node", ({ target }) => select(target));
  cy.on("unselect", "node", () => select(null));
  cy.on("dbltap", "node", ({ target }) => open([target.id()]));
  cy.on("tap", "edge", ({ target }) => { if (target.data("sentence")) say(`${target.source().data("name")} ${target.data("relation")} ${target.target().data("name")}`); });
  $("expand").addEventListener("click", () => open([chosen().id()]));
  $("hide").addEventListener("click", () => { const node = chosen(); hidden.add(node.id()); node.unselect(); refresh(); });
  $("start").addEventListener("take", ({ detail }) => open([detail.iri]));
  $("fit").addEventListener("click", () => { hidden.clear(); without.clear(); refresh(); cy.fit(undefined, 40); });

  $("path").addEventListener("click", () => {
    cy.elements().removeClass("way");
    const shown = cy.elements(":visible");
    const found = shown.aStar({ root: cy.getElementById($("from").value), goal: cy.getElementById($("to").value) });
    if (!found.found) return say("No path between the two is shown. Show all around one of them, and try again.");
    found.path.addClass("way");
    cy.animate({ fit: { eles: found.path, padding: 80 } });
    say(`${found.distance} ${found.distance === 1 ? "step" : "steps"}: ${found.path.nodes().map((node) => node.data("name")).join(" – ")}`);
  });

  $("png").addEventListener("click", () => {
    Object.assign(document.createElement("a"), { href: cy.png({ full: true, scale: 2, bg: css("--card") }), download: "graph.png" }).click();
  });
  $("link").addEventListener("click", async () => {
    try { await navigator.clipboard.writeText(location.href); say("The link is copied."); } catch { say("The address of this page is the link."); }
  });

  canvas.addEventListener("keydown", (event) => {
    const move = { ArrowLeft: [60, 0], ArrowRight: [-60, 0], ArrowUp: [0, 60], ArrowDown: [0, -60] }[event.key];
    if (move) cy.panBy({ x: move[0], y: move[1] });
    else if (event.key === "+" || event.key === "-") cy.zoom({ level: cy.zoom() * (event.key === "+" ? 1.25 : 0.8), renderedPosition: { x: canvas.clientWidth / 2, y: canvas.clientHeight / 2 } });
    else return;
    event.preventDefault();
  });

  open([...of]);
  globalThis.graph = cy;
})();
