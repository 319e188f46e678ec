/* The calendar beside a date input does not change a typed date, and the form reports one that it
   cannot read. By default the calendar replaces a date in any format but its own by the present
   moment. Changes jQuery.fn.datetimepicker.defaults; read in Wagtail 8.0.1. */
jQuery.fn.datetimepicker.defaults.validateOnBlur = false;
