package main

import "fmt"

var count int

//go:wasmexport wasi:cli/run@0.2.0#run
func run() int32 {
	count++
	fmt.Println("run", count)
	return 0
}

func main() {}
