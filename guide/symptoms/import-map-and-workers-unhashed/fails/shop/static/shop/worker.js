onmessage = (event) => console.log(event.data);
