// Search by sound: a name is reduced to its consonants by the same tables as in the register, and looked up in small
// index files. Nothing typed leaves this device. Texts reach the page as text only, never as markup.
(function () {
  "use strict";
  var form = document.getElementById("find");
  if (!form || !window.cenotaphTables || !window.cenotaphDirectory) { return; }
  var tables = window.cenotaphTables, directory = window.cenotaphDirectory, told = form.dataset;
  var input = document.getElementById("q"), list = document.getElementById("found"), status = document.getElementById("told");
  var shown = 60, shards = {}, waiting = {}, asked = 0;
  var letter = /[\p{Lo}\p{Ll}\p{Lu}\p{Lt}\p{Mc}']/u, nothing = /[\p{Mn}\p{Me}\p{Lm}\p{Sk}]/u, digit = /\p{Nd}/u;
  var has = Object.prototype.hasOwnProperty;

  function kept(part) {
    if (has.call(tables.fold, part)) { return tables.fold[part]; }
    if (letter.test(part)) { return part; }
    if (digit.test(part)) { return String(digitOf(part)); }
    return nothing.test(part) ? "" : " ";
  }
  function digitOf(sign) {
    var point = sign.codePointAt(0), zero = point;
    while (point - zero < 9 && digit.test(String.fromCodePoint(zero - 1))) { zero -= 1; }
    return point - zero;
  }
  function fold(text) {
    var out = "";
    Array.from(text).forEach(function (sign) {
      out += has.call(tables.fold, sign) ? tables.fold[sign] : Array.from(sign.toLowerCase().normalize("NFKD")).map(kept).join("");
    });
    return out.replace(/'+/g, "'").replace(/(^|\s)'+/g, "$1").replace(/'+(\s|$)/g, "$1").replace(/\s+/g, " ").trim();
  }
  function wordKey(word) {
    var text = /[hه]$/.test(word) && Array.from(word).length > 2 ? word.slice(0, -1) : word;
    tables.digraphs.forEach(function (pair) { text = text.split(pair[0]).join(pair[1]); });
    var key = "", last = "";
    Array.from(text).forEach(function (sign) {
      var found = /^[A-Z]$/.test(sign) ? sign : has.call(tables.keys, sign) ? tables.keys[sign] : "";
      Array.from(found).forEach(function (one) { if (one !== last) { key += one; last = one; } });
    });
    return key || "~" + word;
  }
  function wordsOf(text) { var folded = fold(text); return folded ? folded.split(" ") : []; }
  window.cenotaphKeys = function (text) { return wordsOf(text).map(wordKey); };

  // Index files -------------------------------------------------------------------------------------------------
  function shardOf(key) {
    var low = 0, high = directory.first.length;
    while (low < high) { var middle = (low + high) >> 1; if (directory.first[middle] <= key) { low = middle + 1; } else { high = middle; } }
    return low - 1;
  }
  window.cenotaphShard = function (content) { shards[content[0]] = { keys: content[1], records: content[2] }; };
  function load(number) {
    if (!waiting[number]) {
      waiting[number] = new Promise(function (done, failed) {
        var script = document.createElement("script");
        script.src = told.root + "search/" + number + ".js";
        script.onload = function () { done(); };
        script.onerror = function () { delete waiting[number]; failed(new Error("shard")); };
        document.head.appendChild(script);
      });
    }
    return waiting[number];
  }
  function people(keys) {
    var numbers = Array.from(new Set(keys.map(shardOf).filter(function (n) { return n >= 0; })));
    return Promise.all(numbers.map(load)).then(function () {
      var found = new Map();
      keys.forEach(function (key) {
        var shard = shards[shardOf(key)];
        if (shard && has.call(shard.keys, key)) {
          shard.keys[key].forEach(function (at) { found.set(shard.records[at][0], shard.records[at]); });
        }
      });
      return found;
    });
  }

  // Which keys to look up ---------------------------------------------------------------------------------------
  function joined(keys) {
    var out = keys.slice();
    for (var at = 1; at < keys.length; at += 1) { if (keys[at][0] !== "~" && keys[at - 1][0] !== "~") { out.push(keys[at - 1] + keys[at]); } }
    return Array.from(new Set(out));
  }
  function exact(keys) {
    var all = joined(keys), out = all.slice();
    all.forEach(function (hot) {
      if (directory.hot.indexOf(hot) >= 0) { all.forEach(function (other) { if (other !== hot) { out.push(hot + " " + other); } }); }
    });
    return out;
  }
  function near(key) {
    if (key[0] === "~" || key.length < 2) { return []; }
    var signs = "ABCDEFGHIJKLMNOPQRSTUVWXYZ".split(""), out = [];
    for (var at = 0; at <= key.length; at += 1) {
      if (at < key.length && key.length > 2) { out.push(key.slice(0, at) + key.slice(at + 1)); }
      signs.forEach(function (sign) {
        if (at < key.length) { out.push(key.slice(0, at) + sign + key.slice(at + 1)); }
        out.push(key.slice(0, at) + sign + key.slice(at));
      });
    }
    var small = directory.first.length <= 8;
    return out.filter(function (one) { return small || one[0] === key[0]; });
  }

  // Ranking -----------------------------------------------------------------------------------------------------
  function distance(a, b) {
    var row = [], i, j;
    for (j = 0; j <= b.length; j += 1) { row[j] = j; }
    for (i = 1; i <= a.length; i += 1) {
      var before = row[0]; row[0] = i;
      for (j = 1; j <= b.length; j += 1) {
        var held = row[j];
        row[j] = Math.min(row[j] + 1, row[j - 1] + 1, before + (a[i - 1] === b[j - 1] ? 0 : 1));
        before = held;
      }
    }
    return row[b.length];
  }
  function alike(a, b) { return 1 - distance(a, b) / Math.max(a.length, b.length, 1); }
  function best(word, key, words, keys) {
    var top = 0;
    keys.forEach(function (other, at) {
      var sound = other === key ? 0.8 : 0.7 * alike(key, other);
      var look = words[at] ? alike(word, words[at]) : 0;
      top = Math.max(top, sound, other === key ? 0.8 + 0.2 * look : 0.75 * look);
    });
    return top;
  }
  function score(words, keys, record) {
    var names = record[1].map(function (pair) { return pair[1]; }).concat(record[5]);
    return names.reduce(function (top, name) {
      var theirs = wordsOf(name), theirKeys = theirs.map(wordKey);
      var sum = words.reduce(function (total, word, at) { return total + best(word, keys[at], theirs, theirKeys); }, 0) / words.length;
      var whole = alike(keys.join(""), theirKeys.join(""));
      return Math.max(top, sum, whole >= 1 ? 0.95 : 0) + 0.02 * whole;
    }, 0);
  }
  function ranked(words, keys, found) {
    var rows = Array.from(found.values()).map(function (record) { return [score(words, keys, record), record]; });
    rows.sort(function (a, b) { return b[0] - a[0] || (a[1][0] < b[1][0] ? -1 : 1); });
    var floor = Math.max(0.5, rows.length ? rows[0][0] - 0.25 : 0);
    return rows.filter(function (row) { return row[0] >= floor; }).map(function (row) { return row[1]; });
  }

  // The page ----------------------------------------------------------------------------------------------------
  function element(name, text, kind, language) {
    var made = document.createElement(name);
    made.textContent = text;
    if (kind) { made.className = kind; }
    if (language) { made.lang = language; }
    return made;
  }
  function named(record) {
    var names = record[1].slice();
    names.sort(function (a, b) { return (b[0] === told.script) - (a[0] === told.script) || (b[0] === "Latn") - (a[0] === "Latn"); });
    return names;
  }
  function line(record) {
    var item = document.createElement("li"), link = document.createElement("a"), names = named(record);
    var depth = Number(told.depth), shelf = depth ? record[0].slice(-depth) + "/" : "";
    link.href = told.people + shelf + record[0] + ".html";
    link.appendChild(names.length ? element("bdi", names[0][1], "", "und-" + names[0][0]) : element("span", told.unnamed));
    item.appendChild(link);
    names.slice(1, 2).forEach(function (pair) {
      var other = element("span", "", "other");
      other.appendChild(element("bdi", pair[1], "", "und-" + pair[0]));
      item.appendChild(other);
    });
    var died = record[2][directory.languages.indexOf(told.language)] || "";
    var where = element("span", died, "where");
    if (record[3]) { where.append(died ? " · " : "", element("bdi", record[3])); }
    item.appendChild(where);
    return item;
  }
  function show(rows) {
    list.replaceChildren.apply(list, rows.slice(0, shown).map(line));
    var digits = told.language === "fa" ? "fa-u-nu-arabext" : told.language;
    status.textContent = rows.length
      ? told.some + " " + rows.length.toLocaleString(digits) + (rows.length > shown ? ". " + told.more : "")
      : told.none;
    form.dataset.done = String(asked);
  }
  function find(text) {
    var turn = asked += 1, words = wordsOf(text).slice(0, 8), keys = words.map(wordKey);
    if (!words.length) { list.replaceChildren(); status.textContent = ""; form.dataset.done = String(asked); return; }
    status.textContent = told.wait;
    people(exact(keys)).then(function (found) {
      var rows = ranked(words, keys, found);
      if (rows.length) { return rows; }
      var around = [];
      keys.forEach(function (key) { around = around.concat(near(key)); });
      return people(around).then(function (more) { return ranked(words, keys, more); });
    }).then(function (rows) { if (turn === asked) { show(rows); } },
      function () { if (turn === asked) { status.textContent = told.fail; form.dataset.done = String(asked); } });
  }

  var timer = 0;
  form.addEventListener("submit", function (event) { event.preventDefault(); clearTimeout(timer); find(input.value); });
  input.addEventListener("input", function () { clearTimeout(timer); timer = setTimeout(function () { find(input.value); }, 250); });
  var given = new URLSearchParams(location.search).get("q");
  if (given) { input.value = given; find(given); }
})();
