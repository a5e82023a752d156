;; A core module, not a component: what a component is made of, but nothing that WASI 0.2 can run.
(module
  (func (export "add") (param i32 i32) (result i32)
    local.get 0
    local.get 1
    i32.add))
