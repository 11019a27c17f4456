using Microsoft.ML;
using ScoringService;

var builder = WebApplication.CreateBuilder(args);
string modelFile = builder.Configuration["Model"] ?? Path.Combine(AppContext.BaseDirectory, "reviews.zip");
if (!File.Exists(modelFile)) ReviewModel.Train(modelFile);

var watched = new MLContext().Model.Watch(modelFile); // loaded anew whenever the file changes
builder.Services.AddSingleton(_ => watched); // disposed of with the application
builder.Services.AddSingleton<ScoringMetrics>();
builder.Services.AddProblemDetails();
builder.Services.AddExceptionHandler<BadRows>();
builder.Services.AddOpenApi(options => options.AddDocumentTransformer(new RowSchema(watched)));
builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = 1_000_000);

var app = builder.Build();
app.UseExceptionHandler();
app.UseStatusCodePages();
app.MapOpenApi();
app.MapScoring();
watched.Changed += (_, _) => ModelLog.Reloaded(app.Logger);
watched.Error += (_, error) => ModelLog.NotReloaded(app.Logger, error.GetException());
app.Run();
