// Answers a question from tables made with the site: words and dates were read when it was built, and are looked up here.
// Nothing typed leaves this device. Texts reach the page as text only, never as markup.
(function () {
  "use strict";
  var form = document.getElementById("ask");
  if (!form || !window.cenotaphWords || !window.cenotaphPeople) { return; }
  var told = form.dataset, table = window.cenotaphWords, people = window.cenotaphPeople, aFile = Number(told.file);
  var input = document.getElementById("q"), read = document.getElementById("read"), out = document.getElementById("found");
  var status = document.getElementById("told"), shown = 40, has = Object.prototype.hasOwnProperty;
  var mark = /[\p{Mn}\p{Me}\p{Cf}\p{Cc}\p{Cs}\p{Co}\p{Cn}]/u, digit = /\p{Nd}/u, grounds = {}, waiting = {}, asked = 0;

  // The same folding as in the register: letters, digits and marks of all scripts to one spelling ------------------
  function digitOf(sign) {
    var point = sign.codePointAt(0), zero = point;
    while (point - zero < 9 && digit.test(String.fromCodePoint(zero - 1))) { zero -= 1; }
    return String(point - zero);
  }
  function letters(text) {
    return Array.from(text).map(function (sign) { return has.call(table.letters, sign) ? table.letters[sign] : sign; }).join("");
  }
  function fold(text) {
    var plain = Array.from(letters(text)).map(function (sign) { return digit.test(sign) ? digitOf(sign) : sign; }).join("");
    plain = Array.from(plain.normalize("NFKD").toLowerCase().replace(/ς/g, "σ")).filter(function (sign) { return !mark.test(sign) || /[\t\n\r]/.test(sign); }).join("");
    return letters(plain.split(/\s+/).filter(Boolean).join(" ").normalize("NFKC"));
  }
  function key(text) {
    var words = fold(text).replace(/'/g, "").match(/[\p{L}\p{N}]+/gu) || [];
    return words.map(function (word) { return has.call(table.short, word) ? table.short[word] : word; }).join(" ");
  }
  window.cenotaphKey = key;

  // Reading --------------------------------------------------------------------------------------------------------
  function known(text) { return has.call(table.forms, key(text)) || has.call(table.dates, key(text)); }
  function parts(question) {
    var cut = question.split(/[,;،؛\n]+/).filter(function (part) { return key(part); }), found = [], n;
    while (cut.length) {
      for (n = Math.min(3, cut.length); n > 1; n -= 1) { if (known(cut.slice(0, n).join(" "))) { break; } }
      found.push(cut.splice(0, n).join(" ").trim());
    }
    return found;
  }
  function term(part) {
    var at = key(part), numbers = table.forms[at] || [];
    if (has.call(table.dates, at)) { return { said: part, days: table.dates[at], reading: told.died + " " + part }; }
    if (numbers.length === 1) {
      return { said: part, number: numbers[0], reading: table.terms[numbers[0]].said[told.language] || table.terms[numbers[0]].said.en };
    }
    return { said: part, could: numbers.map(function (number) { return table.terms[number].said[told.language] || table.terms[number].said.en; }) };
  }
  function weigh(person, one) {
    if (one.days) {
      var fits = person[3].map(function (days) {
        return days[0] >= one.days[0] && days[1] <= one.days[1] ? 2 : days[1] < one.days[0] || days[0] > one.days[1] ? 0 : 1;
      });
      return fits.length ? (fits.every(function (fit) { return fit === 2; }) ? 2 : fits.some(Boolean) ? 1 : 0) : 0;
    }
    return person[2].reduce(function (top, answer) { return answer[0] === one.number ? Math.max(top, answer[1]) : top; }, 0);
  }

  // Grounds: claims with their lists, from small files --------------------------------------------------------------
  window.cenotaphGrounds = function (content) { grounds[content[0]] = content[1]; };
  function load(number) {
    if (!waiting[number]) {
      waiting[number] = new Promise(function (done, failed) {
        var script = document.createElement("script");
        script.src = told.root + "ask/" + number + ".js";
        script.onload = function () { done(); };
        script.onerror = function () { delete waiting[number]; failed(new Error("grounds")); };
        document.head.appendChild(script);
      });
    }
    return waiting[number];
  }
  function looks(one, held) {
    if (one.days) { return function (claim) { return claim[0] === "death.date" || claim[0] === "disappearance.date"; }; }
    var asks = table.terms[one.number];
    if (asks.kind !== "flag") { return function (claim) { return asks.looks.indexOf(claim[0]) >= 0; }; }
    var rests = asks.flags.reduce(function (all, flag) { return all.concat(held[1][flag] || []); }, []);
    return function (claim) { return rests.some(function (ground) { return ground[0] === claim[0] && ground[1] === claim[1]; }); };
  }

  // The page ---------------------------------------------------------------------------------------------------------
  function element(name, text, kind, language) {
    var made = document.createElement(name);
    if (text) { made.textContent = text; }
    if (kind) { made.className = kind; }
    if (language) { made.lang = language; }
    return made;
  }
  function number(n) { return n.toLocaleString(told.language === "fa" ? "fa-u-nu-arabext" : told.language); }
  function where(locator) {
    return locator.replace(/^row (\d+)/, function (all, row) { return told.row.replace("#", Number(row).toLocaleString(told.language === "fa" ? "fa-u-nu-arabext" : told.language, { useGrouping: false })); });
  }
  function line(at, terms) {
    var person = people[at], held = grounds[Math.floor(at / aFile)][at % aFile], depth = Number(told.depth);
    var names = person[1].slice(), item = document.createElement("li"), link = document.createElement("a");
    names.sort(function (a, b) { return (b[0] === told.script) - (a[0] === told.script) || (b[0] === "Latn") - (a[0] === "Latn"); });
    link.href = told.people + (depth ? person[0].slice(-depth) + "/" : "") + person[0] + ".html";
    link.appendChild(names.length ? element("bdi", names[0][1], "", "und-" + names[0][0]) : element("span", told.unnamed));
    item.appendChild(link);
    var list = element("dl", "", "grounds");
    terms.forEach(function (one) {
      list.appendChild(element("dt", one.said + " – " + (weigh(person, one) === 2 ? told.certain : told.possible)));
      held[0].filter(looks(one, held)).forEach(function (claim) {
        claim[2].forEach(function (source) {
          var row = document.createElement("dd"), title = table.lists[source[1]], label = table.labels[claim[0]] || {};
          row.append((label[told.language] || label.en || claim[0]) + ": ", element("bdi", source[0]), " (", element("bdi", title[0], "", title[1]), told.comma, element("bdi", where(source[2])), ")");
          list.appendChild(row);
        });
      });
    });
    item.appendChild(list);
    return item;
  }
  function group(title, rows, terms) {
    if (!rows.length) { return []; }
    var list = element("ol", "", "people answers");
    rows.slice(0, shown).forEach(function (at) { list.appendChild(line(at, terms)); });
    var parts = [element("h2", title + " – " + number(rows.length)), list];
    if (rows.length > shown) { parts.push(element("p", told.more, "hint")); }
    return parts;
  }
  function tell(terms) {
    read.replaceChildren.apply(read, terms.map(function (one) {
      var item = document.createElement("li");
      item.append(element("bdi", one.said, "asked"), " ", told.arrow, " ", element("bdi", one.reading || (one.could.length ? told.could + " " + one.could.join("؛ ") : told.unknown)));
      return item;
    }));
  }
  function answer(question) {
    var turn = asked += 1, terms = parts(question).map(term), sure = [], maybe = [];
    tell(terms);
    out.replaceChildren();
    if (!terms.length || terms.some(function (one) { return one.could; })) {
      status.textContent = terms.length ? told.stopped : "";
      form.dataset.done = String(turn);
      return;
    }
    people.forEach(function (person, at) {
      var least = Math.min.apply(null, terms.map(function (one) { return weigh(person, one); }));
      if (least === 2) { sure.push(at); } else if (least === 1) { maybe.push(at); }
    });
    var files = Array.from(new Set(sure.slice(0, shown).concat(maybe.slice(0, shown)).map(function (at) { return Math.floor(at / aFile); })));
    status.textContent = told.wait;
    Promise.all(files.map(load)).then(function () {
      if (turn !== asked) { return; }
      out.replaceChildren.apply(out, group(told.headsure, sure, terms).concat(group(told.headmaybe, maybe, terms)));
      status.textContent = sure.length + maybe.length ? "" : told.none;
      form.dataset.done = String(turn);
    }, function () { if (turn === asked) { status.textContent = told.fail; form.dataset.done = String(turn); } });
  }

  form.addEventListener("submit", function (event) { event.preventDefault(); answer(input.value); });
  var given = new URLSearchParams(location.search).get("q");
  if (given) { input.value = given; answer(given); }
})();
