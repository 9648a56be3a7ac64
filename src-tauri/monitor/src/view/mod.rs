//! Read models: what each screen shows, with its sentences already in words, so that window,
//! terminal and notification say the same. Figures stand beside every picture drawn from them.

pub mod types;
