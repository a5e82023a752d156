package main

import (
	"flag"
	"fmt"
)

// A flag may be defined only once: the second call panics.
//
//go:wasmexport wasi:cli/run@0.2.0#run
func run() int32 {
	verbose := flag.Bool("verbose", false, "say more")
	fmt.Println(*verbose)
	return 0
}

func main() {}
