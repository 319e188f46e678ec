/* The calendar beside a date input leaves what is typed as it is, and the form says what it cannot
   read. Left to itself it puts the present moment in place of a date in any other form than its
   own. Changes jQuery.fn.datetimepicker.defaults; read in Wagtail 8.0.1. */
jQuery.fn.datetimepicker.defaults.validateOnBlur = false;
