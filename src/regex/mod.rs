pub(crate) mod glue;
