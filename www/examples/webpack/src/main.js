import "leitmotif/define";
