console.log("datepicker");
