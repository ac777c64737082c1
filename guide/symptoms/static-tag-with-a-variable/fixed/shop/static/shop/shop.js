const heading = document.querySelector("h1");
heading.style.backgroundImage = `url(${heading.dataset.background})`;
