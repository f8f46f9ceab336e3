//! The few functions of probability that the methods need, exact to about 1e-13 and without allocation.

pub mod beta;
pub mod chance;
pub mod counts;
pub mod gamma;
pub mod normal;
pub mod quadrature;
pub mod quantile;
pub mod regress;
