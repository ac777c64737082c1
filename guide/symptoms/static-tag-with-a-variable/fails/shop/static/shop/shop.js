document.querySelector("h1").style.backgroundImage = "url({% static 'shop/green.svg' %})";
