create schema if not exists runtime;
